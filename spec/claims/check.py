#!/usr/bin/env python3
"""Checks every reference of spec/claims.csv against what it refers to, in both directions.

usage: spec/registry/check.py [--strict]      run by `make claims`, which builds what it looks at

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
import subprocess

import acsl
import claims
import criterion
import declarations
import figures
import preprint
import program
import readme
import theorems
import verification

ROOT = pathlib.Path(__file__).resolve().parents[2]
IDS = [*(f"P{k:02}" for k in range(1, 25)),
       *(f"N{k}" for k in (1, 2, 3, 4, 5, 7, 8, *range(14, 20))),
       *(f"E{k}" for k in (1, 2, 4, 5, 9, 10))]
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
    """Ids, what each column may say, and what no row may lack."""
    names = [claim.id for claim in registry]
    yield from (f"no row for {name}" for name in IDS if name not in names)
    yield from (f"{name}: two rows" for name in sorted(set(names)) if names.count(name) > 1)
    for claim in registry:
        if not ID.fullmatch(claim.id):
            yield f"{claim.id}: not an id"
        yield from (f"{claim.id}: {column} '{getattr(claim, column)}' is not one of "
                    + ", ".join(words) for column, words in claims.WORDS.items()
                    if getattr(claim, column) not in words)
        if not claim.statement or not claim.latex:
            yield f"{claim.id}: no statement"
        if not claim.test:
            yield f"{claim.id}: no test"
        for column in claims.LISTS:
            names = getattr(claim, column)
            yield from (f"{claim.id}: {name} is named twice" for name in sorted(set(names))
                        if names.count(name) > 1)


def check_fidelity(registry, root):
    """How a printed statement relates to the text, what differs, and whose a known one is."""
    for claim in registry:
        printed = claim.provenance == "preprint"
        if printed and claim.fidelity not in claims.FIDELITIES:
            yield f"{claim.id}: fidelity '{claim.fidelity}' is not one of " \
                  + ", ".join(claims.FIDELITIES)
        if printed and not claim.differs and claim.fidelity != "as printed":
            yield f"{claim.id}: {claim.fidelity}, but not what differs"
        if not printed and (claim.fidelity or claim.differs):
            yield f"{claim.id}: fidelity to a text that does not say it"
        if (claim.provenance == "known") != bool(claim.source):
            yield f"{claim.id}: a source belongs to what is known, and to nothing else"


def check_evidence(registry, root):
    """Definitions prove nothing: a theorem or an ensures clause does; a theorem refutes."""
    reasons, instances = theorems.open_parts(root), theorems.instances(root)
    for claim in registry:
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
    known = {claim.id for claim in registry}
    yield from (f"open.txt names {name}, which has no row" for name in reasons if name not in known)


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
    yield from orphans(registry, "c", declarations.kernel(root), "kernel function")


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
    if readme.renewed(text, registry, root) != text:
        yield "README.md: its table is out of date: make tables"


def check_proofs(registry, root, report):
    """Every contract and lemma that the registry rests on is proved in this report."""
    proved, _ = acsl.symbols(root)
    axioms = {entry["name"] for entry in report["axioms"]}
    named = {name for claim in registry for name in claim.acsl}
    lemmas = {name: proved[name] for name in named if name in proved and name not in axioms}
    return verification.unproved(report, declarations.kernel(root), lemmas)


CHECKS = (check_rows, check_fidelity, check_evidence, preprint.check_corrections,
          preprint.check_equations, check_acsl, check_functions, check_marks, check_theorems,
          check_tests, check_figures, check_program, check_readme)


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
