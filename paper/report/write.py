#!/usr/bin/env python3
"""Writes build/report/index.html: one page, without network, of what this checkout shows.

usage: paper/report/write.py      run by `make report`, which builds what it looks at

Claims, corrections, proofs, theorems, what they rest on, coverage, figures, speed and versions, in
Markdown, of which pandoc makes the page. Results that are absent, or older than the sources, are
shown as not run. The exit status is 1 if a reference of the registry dangles; the page then names
it.
"""

import sys

sys.dont_write_bytecode = True

import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "spec/claims"))

import check
import sections

TITLE = "ist: what is claimed, and how it is held"


def pandoc(markdown, target):
    """The page; what pandoc cannot convert is an error."""
    version = ", ".join(sections.output(ROOT / "build/ist", "--version").splitlines()[:2])
    subprocess.run(["pandoc", "--from=gfm+tex_math_dollars", "--to=html5", "--mathml",
                    "--fail-if-warnings", "--standalone", "--self-contained", "--section-divs",
                    "--toc", "--toc-depth=2", f"--template={HERE / 'page.html'}",
                    f"--lua-filter={HERE / 'scroll.lua'}", f"--css={HERE / 'style.css'}",
                    f"--variable=script:{HERE / 'filter.js'}", f"--metadata=pagetitle:{TITLE}",
                    f"--variable=version:{version}", f"--output={target}"],
                   input=markdown, text=True, check=True)


def main():
    rows, found, reason = check.problems(ROOT)
    if not check.figures.folder(ROOT):
        sys.exit("report: " + found[-1])
    target = ROOT / "build/report/index.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_suffix(".new")
    pandoc("".join((*sections.head(ROOT, rows, found), *(
        part for section in sections.SECTIONS for part in section(ROOT, rows)))), new)
    new.replace(target)
    for problem in found:
        print(f"report: {problem}", file=sys.stderr)
    if reason:
        print(f"report: proofs not checked: {reason}", file=sys.stderr)
    print(target.relative_to(ROOT))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
