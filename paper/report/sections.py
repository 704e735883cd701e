"""The sections of the page, in Markdown: render(root, rows) each."""

import re
import subprocess

import figures
import preprint
import registry
import tables
import theorems
import verification
from formula import formula, mixed
from markdown import link, table, text
from results import absent, load, stale

BASE = "../../"  # from the page to the root
KINDS = ("line", "branch", "function")


def links(names):
    return ", ".join(link(name, f"#{name}") for name in names)


def claims(root, rows):
    yield "## Claims\n\n" + tables.LEGEND + '<div id="filter"></div>\n\n'
    for title, head, cells in tables.claim_groups(rows, root, BASE, lambda c: [formula(c.latex)]):
        held = [[*row[:5], details(head[5:], [*row[5:-1], re.sub(
            r"\[`(\w+)`\]\([^)]*\)", r"[\1](#\1)", row[-1])])] for row in cells]
        yield f"### {title}\n\n" + table([*head[:5], "held by"], held)


def details(head, cells):
    """What holds a claim, folded under the numbers of pieces."""
    full = [(name, cell) for name, cell in zip(head, cells) if cell]
    counts = ", ".join(f"{name} {cell.count('](')}" for name, cell in full)
    return (f"<details><summary>{counts}</summary>"
            + "<br>".join(f"*{name}*: {cell}" for name, cell in full) + "</details>")


def preprint_text(root, rows):
    yield ("## The preprint\n\nA slip: the intended formula stands elsewhere in the text. A remark "
           f"is ours: a reading that the text does not make. {text(registry.NOTE)}\n\n")
    yield table(("id", "kind", "on", "quoted", "place", "resolved in the text", "consequence"), [
        (links([e.id]), e.kind, links(e.about.split()), mixed(e.quotation), text(e.place),
         mixed(e.resolved), mixed(e.consequence)) for e in registry.corrections(root)])
    yield table(("equation", "what it is", "claims"), [
        (text(e.equation), text(e.what),
         e.claims if e.claims in preprint.CLAIMLESS else links(e.claims.split()))
        for e in registry.equations(root)])


def proofs(root, rows):
    yield "## Proofs of the C code\n\n"
    report, reason = verification.load(root)
    if not report:
        yield absent("verify", reason)
        return
    yield (f"{report['proved']} of {report['goals']} goals proved, {report['smoke_tests']} smoke "
           f"tests, {report['seconds']:.0f} s.\n\n")
    yield "".join(f"*{text(problem)}*\n\n" for problem in report["problems"])
    entries = [(unit["file"], row) for unit in report["units"] for row in unit["rows"]]
    provers = list(entries[0][1]["by"])
    yield table(("function", "file", "claims", "proved", *provers, "seconds", "smoke tests"), [
        (f"`{row['name']}`", text(file), links(c.id for c in rows if row["name"] in c.c),
         f"{row['proved']} of {row['goals']}", *map(str, row["by"].values()),
         f"{row['seconds']:.1f}", str(row["smoke_tests"] or ""))
        for file, row in sorted(entries, key=lambda entry: entry[1]["name"] == "lemmas")],
        numeric=range(3, len(provers) + 6))


def theorems_checked(root):
    """Why Coq's answers on assumptions do not count; None if they do."""
    sources = [*(root / "proofs/coq").glob("*.v"), root / "proofs/coq/headline.txt"]
    reasons = [stale(root, root / f"build/coq/assumptions-{kind}.txt", sources)
               for kind in tables.ASSUMED]
    return next((reason for reason in reasons if reason is not None), None)


def theorems_in_coq(root, rows):
    reason = theorems_checked(root)
    yield "## Theorems in Coq\n\n" + (absent("theorems", reason) if reason is not None else
                                      "Compiled, and what they rest on checked.\n\n")
    yield from tables.theorem_tables(rows, root, BASE, "")


def soundness(root, rows):
    body = re.sub(r"\]\((?!#|\w+:)", f"]({BASE}proofs/",
                  (root / "proofs/SOUNDNESS.md").read_text())
    yield "## Soundness\n" + re.sub(r"^#", "##", body.split("\n", 1)[1], flags=re.M) + "\n"


def coverage(root, rows):
    yield "## What the tests reach\n\n"
    summary, reason = load(root, "build/coverage/summary.json")
    if not summary:
        yield absent("coverage", reason)
        return
    rooms = {}
    for file in [*summary["files"], {**summary, "filename": "all"}]:
        sums = rooms.setdefault("/".join(file["filename"].split("/")[:2]), {})
        for key in (f"{kind}_{part}" for kind in KINDS for part in ("covered", "total")):
            sums[key] = sums.get(key, 0) + file[key]
    yield table(("room", *(kind + "s" for kind in KINDS)), [
        (text(room), *(share(sums[f"{kind}_covered"], sums[f"{kind}_total"]) for kind in KINDS))
        for room, sums in rooms.items()], numeric=(1, 2, 3))


def share(covered, total):
    return f"{100 * covered / total:.1f} % ({covered} of {total})" if total else "none"


def figures_drawn(root, rows):
    folder = figures.folder(root)
    summary = figures.summary(root)
    yield (f"## Figures\n\nA {text(summary['note'])}. Seed {summary['seed']}, {summary['runs']} "
           "runs.\n\n")
    if summary["quick"]:
        yield ("*These are quick figures, of smaller sizes. The whole experiments were not run "
               "here: `make reproduce`*\n\n")
    for name in sorted(figures.drawn(root)):
        about = "; ".join(text(f"{c.id}: {c.statement}") for c in rows if name in c.figure)
        found = [row for row in summary["claims"] if row["statement"].startswith(name + ":")]
        yield f"### {name.capitalize()}\n\n![{about}]({root / folder / name}.svg)\n\n{about}\n\n"
        yield table(("claim", "checked on it", "bound", "value", "verdict"), [
            (links([row["id"].split("-")[0]]), text(row["statement"].split(": ", 1)[1]),
             number(row["bound"]), number(row["value"]), row["verdict"]) for row in found],
            numeric=(2, 3))


def number(value):
    return "none" if value is None else f"{value:.5g}"


def speed(root, rows):
    yield "## Speed\n\n"
    report, reason = load(root, "build/bench/bench.json", "tests/bench/*")
    if not report:
        yield absent("bench", reason)
        return
    machine = report["machine"]
    yield (f"{report['clock'].capitalize()}; one thread of {machine['cores']} cores, "
           f"{text(machine['blas'])}.\n\n")
    if report["quick"]:
        yield "*Small sizes only.* " + absent("bench")
    yield table(("measure", "against", "n", "d", "ours", "theirs", "ratio", "of", "target"), [
        (text(r["measure"]), text(r["against"]), str(r["n"]), str(r["d"]),
         quantity(r["ours"], r["unit"]), quantity(r["theirs"], r["unit"]),
         text(r["reason"]) if r["ratio"] is None else f"{r['ratio']:.3g}", text(r["ratio_of"]),
         goal(r)) for r in report["rows"]], numeric=range(2, 7))


def quantity(value, unit):
    return "none" if value is None else f"{value:.4g} {text(unit)}"


def goal(row):
    for sense, bound in (row["target"] or {}).items():
        verdict = {None: "", True: ", met", False: ", missed"}[row["met"]]
        return f"{sense.replace('_', ' ')} {bound:g}{verdict}"
    return ""


def output(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout


def versions(root, rows):
    yield "## Versions\n\n" + "".join(
        f"- {text(line)}\n" for line in output(root / "build/ist", "--version").splitlines())
    lines = (root / "packages.txt").read_text()
    yield "\n" + table(("package", "version", "for"), [
        (name, output("dpkg-query", "-W", "-f=${Version}", name) or "not installed here", text(use))
        for name, use in re.findall(r"^([\w.+-]+)\s*#\s*(.*)", lines, re.M)])


def head(root, rows, found):
    """The numbers at the head of the page, or what to run for them; the registry's problems."""
    report, _ = verification.load(root)
    summary, _ = load(root, "build/coverage/summary.json")
    count = len(theorems.headline(root))
    state = f"{len(found)} problems" if found else "every reference holds"
    for number, about in (
            (f"{len(rows)} claims", f"registry: {state}"),
            (report and f"{report['proved']} of {report['goals']} goals proved",
             "contracts of the C code, in binary64 (`make verify`)"),
            (theorems_checked(root) is None and f"{count} theorems",
             "proved in Coq, and what they rest on (`make theorems`)"),
            (summary and f"{summary['line_percent']} % of lines", "reached by the tests "
                                                                  "(`make coverage`)")):
        yield f"- **{number or 'not run here'}** {about}\n"
    yield "\n" + "".join(f"- *{text(problem)}*\n" for problem in found) + "\n"


SECTIONS = (claims, preprint_text, proofs, theorems_in_coq, soundness, coverage, figures_drawn,
            speed, versions)
