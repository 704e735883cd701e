"""What `make verify` proved of the C, function by function."""

from markup import absent, section, table, text

import verification


def rows(report, registry):
    """Functions first, each with the claims that name it; then the lemmas of each file."""
    entries = [(unit["file"], entry) for unit in report["units"] for entry in unit["rows"]]
    for file, entry in sorted(entries, key=lambda pair: pair[1]["name"] == "lemmas"):
        claims = ", ".join(f'<a href="#{claim.id}">{claim.id}</a>' for claim in registry
                           if entry["name"] in claim.c)
        smoke = "" if entry["smoke_tests"] is None else str(entry["smoke_tests"])
        yield (text(entry["name"]), text(file), claims, f"{entry['proved']} of {entry['goals']}",
               *map(str, entry["by"].values()), f"{entry['seconds']:.1f}", smoke)


def summary(root):
    """One line on the proofs, for the head of the page."""
    report, reason = verification.load(root)
    return f"{report['proved']} of {report['goals']} goals proved" if report else None


def render(root, registry):
    report, reason = verification.load(root)
    if not report:
        return section("proofs", "Proofs of the C code", absent("verify", reason))
    provers = list(report["units"][0]["rows"][0]["by"])
    head = ("function", "file", "claims", "proved", *provers, "seconds", "smoke tests")
    problems = "".join(f'<p class="absent">{text(problem)}</p>' for problem in report["problems"])
    return section("proofs", "Proofs of the C code", (
        f"<p>{report['proved']} of {report['goals']} goals proved, {report['smoke_tests']} smoke "
        f"tests, {report['seconds']:.0f} s.</p>{problems}"
        + table("Goals by function and prover", head, list(rows(report, registry)),
                numeric=range(3, len(head)))))
