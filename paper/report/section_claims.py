"""The table of claims, with its filter."""

import claims
import declarations
import program
import theorems
import verification
from markup import code, section, table, text
from mathml import mathml


def statuses(registry):
    """Status -> how many claims have it, in the order of first appearance."""
    found = {}
    for claim in registry:
        found[claim.status] = found.get(claim.status, 0) + 1
    return found


def controls(registry):
    boxes = "".join(
        f'<label><input type="checkbox" name="status" value="{text(status)}" checked> '
        f'{text(status)} ({count})</label>' for status, count in statuses(registry).items())
    return ('<form id="filter" hidden><label>Search <input type="search" id="words" '
            'placeholder="for example P18, theta, ist_round"></label>'
            f"<fieldset><legend>Status</legend>{boxes}</fieldset>"
            '<p id="shown" role="status"></p></form>')


def kinds(claim, kernel, proved):
    """(title, short title, names) of what holds a claim; a proof counts if it was run here."""
    yield "theorems in Coq", "Coq", claim.coq
    yield "ACSL", "ACSL", claim.acsl
    contracts = [name for name in claim.c if name in kernel]
    yield "C functions, proved", "C proved", [name for name in contracts if name in proved]
    yield ("C functions with a contract, whose proof was not run here", "C",
           [name for name in contracts if name not in proved])
    yield "C functions, tested", "C tested", [name for name in claim.c if name not in kernel]
    yield "tests", "tests", claim.test


def holding(claim, kernel, proved):
    """What holds the claim, one line a kind."""
    found = [kind for kind in kinds(claim, kernel, proved) if kind[2]]
    lines = [f"<dt>{title}</dt><dd>{code(names)}</dd>" for title, _, names in found]
    if claim.figure:
        links = ", ".join(f'<a href="#figure-{text(f)}">{text(f)}</a>' for f in claim.figure)
        lines.append(f"<dt>figure</dt><dd>{links}</dd>")
    counts = ", ".join(f"{short} {len(names)}" for _, short, names in found)
    return f"<details><summary>{counts}</summary><dl>{''.join(lines)}</dl></details>"


def row(claim, checked, reason, held):
    notes = (("", claims.fidelity(claim)), ("source: ", claim.source), ("open: ", reason))
    return ({"id": claim.id, "data-status": claim.status},
            f'<a href="#{claim.id}">{claim.id}</a>',
            f'<p>{text(claim.statement)}</p><p class="formula">{mathml(claim.latex)}</p>'
            + "".join(f'<p class="note">{text(kind + note)}</p>' for kind, note in notes if note),
            text(claim.equation), claim.provenance,
            f'<span class="status {claim.status}">{claim.status}</span>',
            "✓" if claim.id in checked else "", held)


def render(root, registry):
    head = ("id", "claim", "equation", "from", "status", "ist check", "held by")
    checked, kernel = program.checked(root), declarations.kernel(root)
    report, _ = verification.load(root)
    proved, reasons = verification.proved(report) if report else (), theorems.open_parts(root)
    rows = [row(claim, checked, reasons.get(claim.id), holding(claim, kernel, proved))
            for claim in registry]
    return section("claims", "Claims", (
        "<p>P: claims of the preprint, N: ours or known elsewhere, E: formulas and sentences of it "
        "to be corrected, R: rounding. Under a claim of the preprint stands how the formal "
        "statement relates to the text, and what differs. <em>Corrected</em>: refuted as printed, "
        "what holds instead is proved. <em>Tested</em>: an experiment. Equations are those of the "
        "2023 preprint, arXiv:2306.16484.</p>" + controls(registry) + table("Claims", head, rows)))
