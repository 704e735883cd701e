#!/usr/bin/env python3
"""Checks every reference of spec/claims.csv against what it refers to, in both directions.

usage: spec/registry/check.py [--strict]      run by `make claims`, which builds what it looks at

One line for each reference that dangles, and for each theorem, kernel function, error clause, claim
of `ist check` and figure that belongs to no claim. The contracts and lemmas must be proved in the
last complete run of `make verify`; without one this is said, and with --strict it is a failure.
"""

import sys

sys.dont_write_bytecode = True

import pathlib
import re
import subprocess

import acsl
import claims
import criterion
import declarations
import figures
import program
import readme
import theorems
import verification

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAPER = [f"P{k:02}" for k in range(1, 23)]
NEW = [f"N{k}" for k in (1, 2, 3, 4, 5, 7, 8)]
ERRATA = [f"E{k}" for k in range(1, 9)]
ID = re.compile(r"P\d\d|[NER]\d+")


def dangling(registry, column, known, kind):
    """References of a column to names that are not among the known ones."""
    for claim in registry:
        for name in getattr(claim, column):
            if name not in known:
                yield f"{claim.id}: no {kind} {name}"


def orphans(registry, column, wanted, kind):
    """Wanted names that no claim refers to."""
    named = {name for claim in registry for name in getattr(claim, column)}
    for name in sorted(wanted - named):
        yield f"{kind} {name} belongs to no claim"


def check_rows(registry, root):
    """Ids, statements and statuses."""
    names = [claim.id for claim in registry]
    yield from (f"no row for {name}" for name in PAPER + NEW + ERRATA if name not in names)
    yield from (f"{name}: two rows" for name in sorted(set(names)) if names.count(name) > 1)
    for claim in registry:
        if not ID.fullmatch(claim.id):
            yield f"{claim.id}: not an id"
        if claim.status not in claims.STATUSES:
            yield f"{claim.id}: status '{claim.status}' is not one of {', '.join(claims.STATUSES)}"
        if not claim.statement or not claim.latex:
            yield f"{claim.id}: no statement"
        if not claim.test:
            yield f"{claim.id}: no test"
        if claim.status != "tested" and not claim.coq and not claim.acsl:
            yield f"{claim.id}: neither a theorem nor a contract"
        for column in claims.LISTS:
            names = getattr(claim, column)
            yield from (f"{claim.id}: {name} is named twice" for name in sorted(set(names))
                        if names.count(name) > 1)


def check_acsl(registry, root):
    proved, defined = acsl.symbols(root)
    clauses = acsl.clauses(root)
    yield from dangling(registry, "acsl", {*proved, *defined, *clauses}, "ACSL symbol or clause")
    yield from orphans(registry, "acsl", acsl.distances(clauses), "error clause")


def check_functions(registry, root):
    declared, linked = declarations.declared(root), declarations.linked(root)
    defined = {name for name, (_, inline) in declared.items() if inline or name in linked}
    yield from dangling(registry, "c", set(declared), "declaration of the C function")
    yield from dangling(registry, "c", defined, "definition in build/libist.a of the C function")
    kernel = {name for name, (header, _) in declared.items() if header.startswith("src/kernel/")}
    yield from orphans(registry, "c", kernel, "kernel function")


def check_marks(registry, root):
    """The ids that declarations carry are those of the rows that name them."""
    marks = declarations.marks(root)
    rows = {(name, claim.id) for claim in registry for name in claim.c}
    yield from (f"{claim}: the declaration of {name} does not say [claim {claim}]"
                for name, claim in sorted(rows - marks))
    yield from (f"the declaration of {name} says [claim {claim}], whose row does not name it"
                for name, claim in sorted(marks - rows))
    if len(marks) != declarations.marks_written(root):
        yield "a header names a claim where no declaration follows, or twice"


def check_theorems(registry, root):
    headline, instances = theorems.headline(root), theorems.instances(root)
    yield from dangling(registry, "coq", set(headline), "headline theorem")
    yield from (f"headline.txt: no theorem {name} in the sources"
                for name in sorted(set(headline) - theorems.stated(root)))
    yield from orphans(registry, "coq", set(headline) - set(instances), "headline theorem")


def check_tests(registry, root):
    yield from dangling(registry, "test", criterion.listed(root), "test")


def check_figures(registry, root):
    """A claim has the figures on which the experiments check it, and these are drawn."""
    if not figures.folder(root):
        yield "no figures: neither build/reproduce nor build/reproduce-quick has a summary.json"
        return
    drawn, checked = figures.drawn(root), figures.checked(root)
    yield from dangling(registry, "figure", drawn, "figure")
    yield from orphans(registry, "figure", drawn, "figure")
    rows = {(claim.id, name) for claim in registry for name in claim.figure}
    yield from (f"{claim}: no experiment checks it on the figure {name}"
                for claim, name in sorted(rows - checked))
    yield from (f"{claim}: checked on the figure {name}, which its row does not name"
                for claim, name in sorted(checked - rows))


def check_program(registry, root):
    known = {claim.id for claim in registry}
    yield from (f"ist check evaluates {name}, which has no row"
                for name in sorted(program.checked(root) - known))


def check_readme(registry, root):
    text = (root / "README.md").read_text()
    if readme.renewed(text, registry, program.checked(root)) != text:
        yield "README.md: its table is out of date: make tables"


def check_proofs(registry, root, report):
    """Every contract and lemma that the registry rests on is proved in this report."""
    proved, _ = acsl.symbols(root)
    axioms = {entry["name"] for entry in report["axioms"]}
    named = {name for claim in registry for name in claim.acsl}
    functions = {name for name, (header, _) in declarations.declared(root).items()
                 if header.startswith("src/kernel/")}
    lemmas = {name: proved[name] for name in named if name in proved and name not in axioms}
    yield from verification.unproved(report, functions, lemmas)


CHECKS = (check_rows, check_acsl, check_functions, check_marks, check_theorems, check_tests,
          check_figures, check_program, check_readme)


def problems(root):
    """(problems of the registry, why no report of the proofs counts or None)."""
    registry = claims.read(root / "spec" / "claims.csv")
    found = [problem for check in CHECKS for problem in check(registry, root)]
    report, reason = verification.load(root)
    if report:
        found += check_proofs(registry, root, report)
    return registry, found, reason


def main():
    if sys.argv[1:] not in ([], ["--strict"]):
        sys.exit("usage: spec/registry/check.py [--strict]")
    try:
        registry, found, reason = problems(ROOT)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        sys.exit(f"claims: {error}")
    if reason and sys.argv[1:]:
        found.append(f"proofs not checked: {reason}")
    for problem in found:
        print(f"claims: {problem}", file=sys.stderr)
    references = sum(len(getattr(claim, column)) for claim in registry for column in claims.LISTS)
    verdict = f"{len(found)} problems" if found else "every reference holds"
    print(f"{len(registry)} claims, {references} references: {verdict}")
    print(f"proofs: {reason}" if reason else "proofs: contracts and lemmas are proved")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
