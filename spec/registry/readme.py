#!/usr/bin/env python3
"""Writes the table of claims into README.md, between its two markers.

usage: spec/registry/readme.py
"""

import sys

sys.dont_write_bytecode = True

import pathlib

import claims
import program

ROOT = pathlib.Path(__file__).resolve().parents[2]
BEGIN = "<!-- claims: written by spec/registry/readme.py -->\n"
END = "<!-- end of claims -->\n"
SHOWN = 3  # functions named in a row; the registry has all


def escaped(text):
    return text.replace("|", r"\|").replace("*", r"\*").replace("_", r"\_")


def joined(names):
    return ", ".join(dict.fromkeys(names))


def functions(claim):
    rest = " …" if len(claim.c) > SHOWN else ""
    return ", ".join(f"`{name}`" for name in claim.c[:SHOWN]) + rest


def row(claim, checked):
    cells = [f'<a id="{claim.id}"></a>{claim.id}', escaped(claim.statement), claim.equation,
             claim.status, joined(name.split(".")[0] for name in claim.coq), functions(claim),
             "✓" if claim.id in checked else "", joined(t.split("/")[0] for t in claim.test)]
    return "| " + " | ".join(cells) + " |"


def table(registry, checked):
    """The lines between the markers."""
    head = ["| | claim | equation | status | Coq | C | check | tests |",
            "|---|---|---|---|---|---|---|---|"]
    return "".join(f"{line}\n" for line in head + [row(claim, checked) for claim in registry])


def renewed(text, registry, checked):
    """README's text with the table made afresh. ValueError if a marker is missing."""
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError("README.md does not have the two markers of the claims' table")
    before, rest = text.split(BEGIN)
    return before + BEGIN + table(registry, checked) + END + rest.split(END)[1]


def main():
    path = ROOT / "README.md"
    registry = claims.read(ROOT / "spec" / "claims.csv")
    path.write_text(renewed(path.read_text(), registry, program.checked(ROOT)))


if __name__ == "__main__":
    main()
