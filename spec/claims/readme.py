#!/usr/bin/env python3
"""Writes the table of claims into README.md, between its two markers.

usage: spec/registry/readme.py
"""

import sys

sys.dont_write_bytecode = True

import pathlib

import claims
import declarations
import program
import theorems

ROOT = pathlib.Path(__file__).resolve().parents[2]
BEGIN = "<!-- claims: written by spec/registry/readme.py -->\n"
END = "<!-- end of claims -->\n"
SHOWN = 3  # functions named in a row; the registry has all


def escaped(text):
    return text.replace("|", r"\|").replace("*", r"\*").replace("_", r"\_")


def joined(names):
    return ", ".join(dict.fromkeys(names))


def functions(claim, kernel):
    """Functions of the kernel, which have a proved contract, and those that are tested."""
    kinds = {"proved": [name for name in claim.c if name in kernel],
             "tested": [name for name in claim.c if name not in kernel]}
    return "; ".join(f"{kind}: " + ", ".join(f"`{name}`" for name in names[:SHOWN])
                     + (" …" if len(names) > SHOWN else "")
                     for kind, names in kinds.items() if names)


def row(claim, checked, kernel, reason):
    statement = escaped(claim.statement) + (f" — *open: {escaped(reason)}*" if reason else "")
    source = ": ".join(filter(None, (claim.provenance, claim.source)))
    cells = [f'<a id="{claim.id}"></a>{claim.id}', statement, claim.equation, source, claim.status,
             escaped(claims.fidelity(claim)), joined(name.split(".")[0] for name in claim.coq),
             functions(claim, kernel), "✓" if claim.id in checked else "",
             joined(t.split("/")[0] for t in claim.test)]
    return "| " + " | ".join(cells) + " |"


def table(registry, root):
    """The lines between the markers."""
    checked, kernel = program.checked(root), declarations.kernel(root)
    reasons = theorems.open_parts(root)
    head = ["| | claim | equation | from | status | fidelity | Coq | C | check | tests |",
            "|---|---|---|---|---|---|---|---|---|---|"]
    rows = [row(claim, checked, kernel, reasons.get(claim.id)) for claim in registry]
    return "".join(f"{line}\n" for line in head + rows)


def renewed(text, registry, root):
    """README's text with the table made afresh. ValueError if a marker is missing."""
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError("README.md does not have the two markers of the claims' table")
    before, rest = text.split(BEGIN)
    return before + BEGIN + table(registry, root) + END + rest.split(END)[1]


def main():
    path = ROOT / "README.md"
    registry = claims.read(ROOT / "spec" / "claims.csv")
    path.write_text(renewed(path.read_text(), registry, ROOT))


if __name__ == "__main__":
    main()
