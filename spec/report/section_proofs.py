"""What `make verify` proved of the C, function by function."""

from markup import absent, section, table, text

import verification


def rows(report):
    for unit in report["units"]:
        for entry in unit["rows"]:
            verdict = f"{entry['proved']} of {entry['goals']}"
            by = [str(entry["by"][prover]) for prover in report["units"][0]["rows"][0]["by"]]
            smoke = "" if entry["smoke_tests"] is None else str(entry["smoke_tests"])
            yield (text(entry["name"]), text(unit["file"]), verdict, *by,
                   f"{entry['seconds']:.1f}", smoke)


def summary(root):
    """One line on the proofs, for the head of the page."""
    report, reason = verification.load(root)
    return f"{report['proved']} of {report['goals']} goals proved" if report else None


def render(root):
    report, reason = verification.load(root)
    if not report:
        return section("proofs", "Proofs of the C code", absent("verify", reason))
    provers = list(report["units"][0]["rows"][0]["by"])
    head = ("function", "file", "proved", *provers, "seconds", "smoke tests")
    problems = "".join(f'<p class="absent">{text(problem)}</p>' for problem in report["problems"])
    return section("proofs", "Proofs of the C code", (
        f"<p>{report['proved']} of {report['goals']} goals proved, {report['smoke_tests']} smoke "
        f"tests, {report['seconds']:.0f} s.</p>{problems}"
        + table("Goals by function and prover", head, list(rows(report)),
                numeric=range(2, len(head)))))
