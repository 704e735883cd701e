#!/usr/bin/env -S python3 -B
"""Writes every number, table and figure of the paper into build/paper, from what produced them.

Fails with one line where a source is missing or older than what it is about. Each module of inputs
adds what it knows to the values (by key) and tables (by file name): add(root, out, values, tables).
"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
OUT = ROOT / "build/paper"
sys.path[:0] = [str(ROOT / "spec/claims"), str(ROOT / "paper")]

from inputs import certificates, figures, golden, proofs, registry, release  # noqa: E402
from inputs.source import Missing  # noqa: E402


def main():
    values, tables = {}, {}
    for part in (release, registry, proofs, golden, certificates, figures):
        part.add(ROOT, OUT, values, tables)
    for name, table in tables.items():
        (OUT / f"{name}.tex").write_text(table, encoding="utf-8")
    lines = [f"\\expandafter\\def\\csname ist@{key}\\endcsname{{{value}}}%\n"
             for key, value in sorted(values.items())]
    (OUT / "values.tex").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    try:
        main()
    except Missing as reason:
        sys.exit(f"make paper: {reason}")
