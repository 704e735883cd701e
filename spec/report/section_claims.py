"""The table of claims, with its filter."""

from markup import code, section, table, text
from mathml import mathml

KINDS = (("coq", "theorems in Coq"), ("acsl", "ACSL"), ("c", "C functions"), ("test", "tests"))
SHORT = {"coq": "Coq", "acsl": "ACSL", "c": "C", "test": "tests"}


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


def holding(claim):
    """What holds the claim, one line a kind."""
    lines = [f"<dt>{title}</dt><dd>{code(getattr(claim, column))}</dd>"
             for column, title in KINDS if getattr(claim, column)]
    if claim.figure:
        links = ", ".join(f'<a href="#figure-{text(f)}">{text(f)}</a>' for f in claim.figure)
        lines.append(f"<dt>figure</dt><dd>{links}</dd>")
    counts = ", ".join(f"{SHORT[column]} {len(getattr(claim, column))}" for column, _ in KINDS
                       if getattr(claim, column))
    return f"<details><summary>{counts}</summary><dl>{''.join(lines)}</dl></details>"


def row(claim, checked):
    return ({"id": claim.id, "data-status": claim.status},
            f'<a href="#{claim.id}">{claim.id}</a>',
            f'<p>{text(claim.statement)}</p><p class="formula">{mathml(claim.latex)}</p>',
            text(claim.equation), f'<span class="status {claim.status}">{claim.status}</span>',
            "✓" if claim.id in checked else "", holding(claim))


def render(registry, checked):
    head = ("id", "claim", "equation", "status", "ist check", "held by")
    return section("claims", "Claims", (
        "<p>P: claims of the paper, N: new ones, E: errata, R: rounding. <em>Proved</em>: as "
        "printed. <em>Corrected</em>: the printed statement is refuted, what holds instead is "
        "proved. <em>Tested</em>: an experiment. Equations are those of the 2023 preprint, "
        "arXiv:2306.16484.</p>" + controls(registry)
        + table("Claims", head, [row(claim, checked) for claim in registry])))
