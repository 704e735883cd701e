"""Checks that every correction of the preprint, and every equation of it, has its entry."""

import registry

# A remark is ours: a reading that the text does not make.
KINDS = ("slip", "false statement", "remark")
REMARKS = ("N14", "N15", "N16", "N17", "N18", "P20")
CLAIMLESS = ("definition", "quoted result")
EQUATIONS = (*(f"({k})" for k in range(1, 36)), "Def. 1", "Def. 2", "Assumption", "Remark 1",
             "Theorem 1", "Theorem 2", "item 1 after (16)", "before (17)", "after (25)",
             "after (28)", "after (30)", "earlier theory", "experiments (appendix)")


def check_corrections(rows, root):
    entries, known = registry.corrections(root), {claim.id for claim in rows}
    for entry in entries:
        yield from (f"corrections.csv: {entry.id} has no {column}"
                    for column, text in entry._asdict().items() if not text)
        yield from (f"corrections.csv names {name}, which has no row"
                    for name in (entry.id, *entry.about.split()) if name not in known)
        if entry.kind not in KINDS or entry.id.startswith("E") == (entry.kind == "remark"):
            yield f"corrections.csv: {entry.id} is no {entry.kind or 'entry'}"
    ids = [entry.id for entry in entries]
    mended = {name for entry in entries if entry.kind != "remark"
              for name in (entry.id, *entry.about.split())}
    for claim in rows:
        own = claim.id.startswith("E") or claim.id in REMARKS
        if ids.count(claim.id) != own:
            yield f"{claim.id}: {ids.count(claim.id)} entries of its own in corrections.csv"
        if claim.status in ("corrected", "refuted") and claim.id not in mended:
            yield f"{claim.id}: no entry in corrections.csv says what is {claim.status}"


def check_equations(rows, root):
    """Every equation has an entry, and the entries name the claims that stand there."""
    entries = {entry.equation: entry for entry in registry.equations(root)}
    known = {claim.id for claim in rows}
    yield from (f"equations.csv has no entry for {name}" for name in EQUATIONS
                if name not in entries)
    for name, entry in entries.items():
        if name not in EQUATIONS or not entry.what:
            yield f"equations.csv: {name} is no equation, or nothing is said of it"
        if entry.claims not in CLAIMLESS and (not entry.claims or
                                              not known.issuperset(entry.claims.split())):
            yield f"equations.csv: {name}: '{entry.claims}' is neither a list of claims nor " \
                  f"{' nor '.join(CLAIMLESS)}"
    stated = {(claim.id, place) for claim in rows if claim.provenance == "preprint"
            for place in claim.equation.split(", ")}
    stands = {(name, entry.equation) for entry in entries.values() for name in entry.claims.split()}
    yield from (f"{name}: the entry of equations.csv for '{place}' does not name it"
                for name, place in sorted(stated - stands))
    yield from (f"equations.csv: {name} does not stand at {place} by its row"
                for name, place in sorted(stands - stated) if name[0] in "PE")
