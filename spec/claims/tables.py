#!/usr/bin/env python3
"""Writes CLAIMS.md and spec/theorems.md, what the registry says with a link to each piece of
evidence.

usage: spec/claims/tables.py      run by `make tables`
"""

import sys

sys.dont_write_bytecode = True

import pathlib

import places
import registry
import theorems
from markdown import link, table, text

ROOT = pathlib.Path(__file__).resolve().parents[2]
GROUPS = {
    "P": "What the preprint claims",
    "E": "Corrections: formulas and sentences of the preprint that are refuted as they stand",
    "N": "Beyond the preprint, and remarks on it",
    "R": "Rounding: what the C computes in binary64",
}
HEAD = ("", "claim", "equation", "status", "check", "theorems", "contracts", "functions", "tests",
        "figures")
ASSUMED = {"none": "nothing", "reals": "classical reals", "epsilon": "classical reals, epsilon"}
CLAIMS = """\
# What is claimed, and how it is held

Written by `make tables` from `spec/claims/claims.csv`; `make claims` checks every name in it against
the code, the proofs, the tests and the figures. [Every theorem, and what it rests
on](spec/theorems.md). Equations are those of arXiv:2306.16484v1; the second version and the
proceedings were not compared. `spec/claims/equations.csv` has every numbered equation of it, and
`spec/claims/corrections.csv` the words of the text behind each correction and remark.

"""
LEGEND = """\
*Proved*: by a theorem or a contract. *Corrected*: what the preprint displays is refuted, what it
means is proved. *Refuted*: a false statement. *Tested*: an experiment. Under a claim stands how the
formal statement relates to the printed one, or who knew it. *Theorems* hold over every ordered
field, with square roots as hypotheses and limits over Archimedean fields, and rest on no axiom,
except for HomogeneousRounding, Rounding, JoinRounding and Induction (Coq's classical reals) and for
JoinRound and JoinInstance (these and Hilbert's epsilon). *Contracts*: what the C and its annotations
say, proved by Frama-C/WP. *Functions* carry the claim out; those in **bold** are of the kernel, whose
contracts are proved. *check*: the claim is evaluated by `ist check`, both sides enclosed. *Tests*
compare with exact rationals, exhaustive enumeration, closed forms or sampling.
*Figures* are drawn by `ist reproduce`.

"""
THEOREMS = """\
# Every theorem

Written by `make tables`; `make claims` fails if it is out of date. The last column: what the theorem
rests on beyond Coq, as `make theorems` checks by `Print Assumptions`.

"""
INSTANCES = """\
## Instances

Each row: a concrete instance that meets the hypotheses of the theorems named, so that these are not
empty. Theorems not named here have no hypothesis, or only ranges of numbers, distinct coordinates,
disjoint sets, symmetric matrices or nonzero vectors.

"""


class Links:
    """Where the names of each column stand, as links from a folder by the prefix `base`."""

    def __init__(self, root, base=""):
        self.base, proved, defined = base, *places.symbols(root)
        self.kernel = places.kernel(root)
        self.contracts = {**proved, **defined, **places.clauses(root), **self.kernel}
        self.functions, self.theorems = places.defined(root), places.stated(root)
        self.tests, self.figures = places.tests(root), places.figures(root)
        self.checked = places.checked(root)

    def one(self, name, where, shown=None):
        place = where.get(name)
        shown = shown or f"`{name}`"
        return link(shown, f"{self.base}{place.file}#L{place.line}") if place else shown

    def all(self, names, where):
        return ", ".join(self.one(name, where) for name in names)

    def code(self, names):
        return ", ".join(self.one(name, self.functions, f"**`{name}`**" if name in self.kernel
                                  else None) for name in names)


def claim_cell(claim, reason, formula):
    """The statement, its formula if asked for, and the notes under it."""
    notes = (registry.fidelity(claim), claim.source and f"known: {claim.source}",
             reason and f"open: {reason}")
    lines = [text(claim.statement), *formula(claim), *(f"*{text(note)}*" for note in notes if note)]
    return "<br>".join(lines)


def claim_row(claim, links, reason, formula):
    return [f'<a id="{claim.id}"></a>{claim.id}', claim_cell(claim, reason, formula),
            text(claim.equation), claim.status,
            links.one(claim.id, links.checked, "✓") if claim.id in links.checked else "",
            links.all(claim.coq, links.theorems),
            links.all([*claim.acsl, *(name for name in claim.c if name in links.kernel)],
                      links.contracts),
            links.code(claim.c), links.all(claim.test, links.tests),
            links.all(claim.figure, links.figures)]


def claim_groups(rows, root, base="", formula=lambda claim: ()):
    """(title, head, rows of cells) of each group of claims; links begin with `base`."""
    links, reasons = Links(root, base), theorems.open_parts(root)
    for letter, title in GROUPS.items():
        yield title, HEAD, [claim_row(claim, links, reasons.get(claim.id), formula)
                            for claim in rows if claim.id.startswith(letter)]


def without_empty_columns(head, cells):
    full = [k for k in range(len(head)) if any(row[k] for row in cells)]
    return [head[k] for k in full], [[row[k] for k in full] for row in cells]


def claims_page(rows, root):
    groups = (f"## {title}\n\n" + table(*without_empty_columns(head, cells))
              for title, head, cells in claim_groups(rows, root))
    return (CLAIMS + LEGEND + "".join(groups)).rstrip("\n") + "\n"


def theorem_tables(rows, root, base, claims):
    """The theorems with their claims, and the instances; `base` leads to the root."""
    links, headline = Links(root, base), theorems.headline(root)
    instances = theorems.instances(root)
    about = {name: [claim.id for claim in rows if name in claim.coq] for name in headline}
    yield table(("theorem", "claims", "assumes"), [
        (links.one(name, links.theorems), ", ".join(link(c, f"{claims}#{c}") for c in about[name])
         or "instance", ASSUMED[kind]) for name, kind in headline.items()])
    yield table(("instance", "theorems"), [
        (links.one(name, links.theorems), links.all(served, links.theorems))
        for name, served in instances.items()])


def theorems_page(rows, root):
    first, second = theorem_tables(rows, root, "../", "../CLAIMS.md")
    return THEOREMS + first + INSTANCES + second.rstrip("\n") + "\n"


PAGES = {"CLAIMS.md": claims_page, "spec/theorems.md": theorems_page}


def main():
    rows = registry.read(ROOT)
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(rows, ROOT), encoding="utf-8")


if __name__ == "__main__":
    main()
