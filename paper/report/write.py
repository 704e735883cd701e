#!/usr/bin/env python3
"""Writes build/report/index.html: one page, without network, of what this checkout shows.

usage: spec/report/write.py      run by `make report`, which builds what it looks at

Claims, corrections, proofs, theorems, what they rest on, coverage, figures, speed and versions.
Results that are absent, or older than the sources, are shown as not run. The exit status is 1 if a
reference of the registry dangles; the page then names it.
"""

import sys

sys.dont_write_bytecode = True

import pathlib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent / "registry"))

import check
import section_bench
import section_claims
import section_coverage
import section_figures
import section_preprint
import section_proofs
import section_soundness
import section_theorems
import section_versions
from markup import ABSENT, text

NAMES = (("claims", "Claims"), ("preprint", "The preprint"), ("proofs", "Proofs"),
         ("theorems", "Theorems"), ("soundness", "Soundness"), ("coverage", "Coverage"),
         ("figures", "Figures"), ("bench", "Speed"), ("versions", "Versions"))


def tile(title, result, target):
    """One number of the page's head, or what to run for it."""
    kind, shown = ("", result) if result else (' class="absent"', f"{ABSENT}: make {target}")
    return f"<li{kind}><strong>{text(shown)}</strong>{text(title)}</li>"


def tiles(registry, found):
    coverage, _ = section_coverage.load(ROOT)
    lines = coverage and f"{coverage['line_percent']} % of lines"
    count = len(check.theorems.headline(ROOT))
    theorems = section_theorems.checked(ROOT)[0] and f"{count} theorems"
    registry_state = f"{len(found)} problems" if found else "every reference holds"
    return "".join((
        tile("Registry: " + registry_state, f"{len(registry)} claims", "claims"),
        tile("Contracts of the C code, in binary64", section_proofs.summary(ROOT), "verify"),
        tile("Proved in Coq, and what they rest on", theorems, "theorems"),
        tile("Reached by the tests", lines, "coverage")))


def page(registry, found):
    sections = (section_claims.render(ROOT, registry), section_preprint.render(ROOT),
                section_proofs.render(ROOT, registry), section_theorems.render(ROOT, registry),
                section_soundness.render(ROOT), section_coverage.render(ROOT),
                section_figures.render(ROOT, registry), section_bench.render(ROOT),
                section_versions.render(ROOT))
    links = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title in NAMES)
    problems = "".join(f"<li>{text(problem)}</li>" for problem in found)
    if problems:
        problems = f'<details class="absent" open><summary>{len(found)} problems of the registry' \
                   f"</summary><ul>{problems}</ul></details>"
    version, commit = section_versions.program(ROOT)[:2]
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ist: what is claimed, and how it is held</title>
<link rel="icon" href="data:,">
<style>
{(HERE / "style.css").read_text()}</style>
</head>
<body>
<a class="skip" href="#claims">Skip to the claims</a>
<header>
<h1>ist: what is claimed, and how it is held</h1>
<p>Independent Subnetwork Training on quadratics, machine-checked.
{text(version)}, {text(commit)}.</p>
</header>
<nav aria-label="Sections"><ul>{links}</ul></nav>
<main>
<ul class="tiles">{tiles(registry, found)}</ul>
{problems}
{"".join(sections)}
</main>
<script>
{(HERE / "filter.js").read_text()}</script>
</body>
</html>
"""


def main():
    registry, found, reason = check.problems(ROOT)
    target = ROOT / "build/report/index.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_suffix(".new")
    new.write_text(page(registry, found), encoding="utf-8")
    new.replace(target)
    for problem in found:
        print(f"report: {problem}", file=sys.stderr)
    if reason:
        print(f"report: proofs not checked: {reason}", file=sys.stderr)
    print(target.relative_to(ROOT))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
