#!/usr/bin/env python3
"""Checks every reference of claims.csv against what it refers to, in both directions.

usage: spec/claims/check.py [--strict]      run by `make claims`, which builds what it looks at

One line for each reference that dangles, for each status without its evidence, for each theorem,
kernel function, error clause, claim of `ist check` and figure that belongs to no claim, and for each
equation of the preprint and correction of it without an entry. The contracts and lemmas must be
proved in the last complete run of `make verify`; without one this is said, and with --strict it is
a failure.
"""

import sys

sys.dont_write_bytecode = True

import pathlib
import re

import figures
import places
import preprint
import registry
import tables
import theorems
import verification

ROOT = pathlib.Path(__file__).resolve().parents[2]
IDS = [*(f"P{k:02}" for k in range(1, 25)),
       *(f"N{k}" for k in (1, 2, 3, 4, 5, 7, 8, *range(14, 20))),
       *(f"E{k}" for k in (1, 2, 4, 5, 9, 10))]
ID = re.compile(r"P\d\d|[NER]\d+")
# The clauses that bound a distance to an exact result: each must belong to a claim.
DISTANCE = re.compile(r".*:(error|convergence|above|covered|radii|\w+_error)")


def dangling(rows, column, known, kind):
    """References of a column to names that are not among the known ones."""
    for claim in rows:
        for name in getattr(claim, column):
            if name not in known:
                yield f"{claim.id}: no {kind} {name}"


def orphans(rows, column, wanted, kind):
    """Wanted names that no claim refers to."""
    named = {name for claim in rows for name in getattr(claim, column)}
    for name in sorted(set(wanted) - named):
        yield f"{kind} {name} belongs to no claim"


def check_rows(rows, root):
    """Ids, what each column may say, and what no row may lack."""
    names = [claim.id for claim in rows]
    yield from (f"no row for {name}" for name in IDS if name not in names)
    yield from (f"{name}: two rows" for name in sorted(set(names)) if names.count(name) > 1)
    for claim in rows:
        if not ID.fullmatch(claim.id):
            yield f"{claim.id}: not an id"
        yield from (f"{claim.id}: {column} '{getattr(claim, column)}' is not one of "
                    + ", ".join(words) for column, words in registry.WORDS.items()
                    if getattr(claim, column) not in words)
        if not claim.statement or not claim.latex:
            yield f"{claim.id}: no statement"
        if not claim.test:
            yield f"{claim.id}: no test"
        for column in registry.LISTS:
            names = getattr(claim, column)
            yield from (f"{claim.id}: {name} is named twice" for name in sorted(set(names))
                        if names.count(name) > 1)


def check_fidelity(rows, root):
    """How a printed statement relates to the text, what differs, and whose a known one is."""
    for claim in rows:
        printed = claim.provenance == "preprint"
        if printed and claim.fidelity not in registry.FIDELITIES:
            yield f"{claim.id}: fidelity '{claim.fidelity}' is not one of " \
                  + ", ".join(registry.FIDELITIES)
        if printed and not claim.differs and claim.fidelity != "as printed":
            yield f"{claim.id}: {claim.fidelity}, but not what differs"
        if not printed and (claim.fidelity or claim.differs):
            yield f"{claim.id}: fidelity to a text that does not say it"
        if (claim.provenance == "known") != bool(claim.source):
            yield f"{claim.id}: a source belongs to what is known, and to nothing else"


def check_evidence(rows, root):
    """Definitions prove nothing: a theorem or an ensures clause does; a theorem refutes."""
    reasons, instances = theorems.open_parts(root), theorems.instances(root)
    for claim in rows:
        stated = [name for name in claim.coq if name not in instances]
        refuting = [name for name in stated if name.endswith("_refuted")]
        proving = [*(name for name in stated if name not in refuting),
                   *(name for name in claim.acsl if ":" in name)]
        if claim.status in ("proved", "corrected") and not proving:
            yield f"{claim.id}: {claim.status} by neither a theorem nor an ensures clause"
        if claim.status in ("corrected", "refuted") and not refuting:
            yield f"{claim.id}: {claim.status}, but no theorem named ..._refuted"
        if claim.status == "open" and claim.id not in reasons:
            yield f"{claim.id}: open, but proofs/coq/open.txt does not say why"
    known = {claim.id for claim in rows}
    yield from (f"open.txt names {name}, which has no row" for name in reasons if name not in known)


def check_acsl(rows, root):
    proved, defined = places.symbols(root)
    clauses = places.clauses(root)
    yield from dangling(rows, "acsl", {*proved, *defined, *clauses}, "ACSL symbol or clause")
    yield from orphans(rows, "acsl", filter(DISTANCE.fullmatch, clauses), "error clause")


def check_functions(rows, root):
    yield from dangling(rows, "c", places.declared(root), "declaration of the C function")
    yield from dangling(rows, "c", places.defined(root), "definition of the C function")
    yield from orphans(rows, "c", places.kernel(root), "kernel function")


def check_marks(rows, root):
    """The ids that declarations carry are those of the rows that name them."""
    marks = places.marks(root)
    wanted = {(name, claim.id) for claim in rows for name in claim.c}
    yield from (f"{claim}: the declaration of {name} does not say [claim {claim}]"
                for name, claim in sorted(wanted - marks))
    yield from (f"the declaration of {name} says [claim {claim}], whose row does not name it"
                for name, claim in sorted(marks - wanted))
    if len(marks) != places.marks_written(root):
        yield "a header names a claim where no declaration follows, or twice"


def check_theorems(rows, root):
    headline, instances = theorems.headline(root), theorems.instances(root)
    yield from dangling(rows, "coq", headline, "headline theorem")
    yield from (f"instances.txt: no headline theorem {name}" for instance, served
                in instances.items() for name in (instance, *served) if name not in headline)
    yield from (f"headline.txt: no theorem {name} in the sources"
                for name in sorted(set(headline) - set(places.stated(root))))
    yield from orphans(rows, "coq", set(headline) - set(instances), "headline theorem")


def check_tests(rows, root):
    yield from dangling(rows, "test", places.tests(root), "test")


def check_figures(rows, root):
    """A claim has the figures on which the experiments check it, and these are drawn."""
    if not figures.folder(root):
        yield "no figures: neither build/reproduce nor build/reproduce-quick has a summary.json"
        return
    drawn, checked = figures.drawn(root), figures.checked(root)
    yield from dangling(rows, "figure", drawn & set(places.figures(root)), "figure")
    yield from orphans(rows, "figure", drawn, "figure")
    wanted = {(claim.id, name) for claim in rows for name in claim.figure}
    yield from (f"{claim}: no experiment checks it on the figure {name}"
                for claim, name in sorted(wanted - checked))
    yield from (f"{claim}: checked on the figure {name}, which its row does not name"
                for claim, name in sorted(checked - wanted))


def check_program(rows, root):
    known = {claim.id for claim in rows}
    yield from (f"ist check evaluates {name}, which has no row"
                for name in sorted(set(places.checked(root)) - known))


def check_pages(rows, root):
    for name, page in tables.PAGES.items():
        if not (root / name).exists() or (root / name).read_text() != page(rows, root):
            yield f"{name} is out of date: make tables"


def check_proofs(rows, root, report):
    """Every contract and lemma that the registry rests on is proved in this report."""
    proved, _ = places.symbols(root)
    axioms = {entry["name"] for entry in report["axioms"]}
    lemmas = {name: proved[name].file for claim in rows for name in claim.acsl
              if name in proved and name not in axioms}
    return verification.unproved(report, places.kernel(root), lemmas)


CHECKS = (check_rows, check_fidelity, check_evidence, preprint.check_corrections,
          preprint.check_equations, check_acsl, check_functions, check_marks, check_theorems,
          check_tests, check_figures, check_program, check_pages)


def problems(root):
    """(the registry, its problems, why no report of the proofs counts or None)."""
    rows = registry.read(root)
    found = [problem for check in CHECKS for problem in check(rows, root)]
    report, reason = verification.load(root)
    if report:
        found += check_proofs(rows, root, report)
    return rows, found, reason


def main():
    if sys.argv[1:] not in ([], ["--strict"]):
        sys.exit("usage: spec/claims/check.py [--strict]")
    try:
        rows, found, reason = problems(ROOT)
    except (OSError, ValueError) as error:
        sys.exit(f"claims: {error}")
    if reason and sys.argv[1:]:
        found.append(f"proofs not checked: {reason}")
    for problem in found:
        print(f"claims: {problem}", file=sys.stderr)
    references = sum(len(getattr(claim, column)) for claim in rows for column in registry.LISTS)
    verdict = f"{len(found)} problems" if found else "every reference holds"
    print(f"{len(rows)} claims, {references} references: {verdict}")
    print(f"proofs: {reason}" if reason else "proofs: contracts and lemmas are proved")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
