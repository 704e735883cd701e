"""The tables of claims, from spec/claims.csv."""

import re

from registry import claims

from . import latex

COLORS = {"proved": "istproved", "refuted": "istrefuted", "corrected": "istcorrected",
          "new": "istnew", "tested": "isttested"}


def formula(claim):
    """The statement, with places where a line may end."""
    broken = re.sub(r"(,|\\implies|\\iff)(\\quad|\\ )", r"\1\\penalty0\2", claim.latex)
    return f"${broken}$"


def anchor(claim):
    return f"\\hypertarget{{claim:{claim.id}}}{{\\textbf{{{claim.id}}}}}"


def status(claim):
    return f"\\textcolor{{{COLORS[claim.status]}}}{{{claim.status}}}"


def theorems(claim):
    """The first theorem, and how many more."""
    more = len(claim.coq) - 1
    return latex.code(claim.coq[0]) + (f" +{more}" if more > 0 else "") if claim.coq else "---"


def equation(claim):
    return latex.text(claim.equation).replace("-(", "--(")


def add(root, out, values, tables):
    del out
    rows = claims.read(root / "spec/claims.csv")
    values["claims"] = str(len(rows))
    values["claims.errata"] = str(sum(claim.id.startswith("E") for claim in rows))
    tables["claims"] = "".join(
        f"{anchor(c)} & {equation(c)} & {formula(c)} & {status(c)} & {theorems(c)} \\\\\n"
        for c in rows if not c.id.startswith("R"))
    tables["rounding"] = latex.table(
        r"@{}l>{\raggedright\arraybackslash}p{9.1cm}p{5.6cm}@{}",
        ["", "bound, $u=2^{-53}$", "functions of the kernel"],
        [[anchor(c), formula(c), ", ".join(map(latex.code, c.c)) or "---"]
         for c in rows if c.id.startswith("R")])
