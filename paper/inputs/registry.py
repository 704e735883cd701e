"""The tables of claims and of corrections, from claims.csv and corrections.csv of spec/claims."""

import re
from collections import Counter

import registry

from . import latex

COLORS = {"proved": "istproved", "refuted": "istrefuted", "corrected": "istcorrected",
          "tested": "isttested", "open": "isttested"}


def formula(claim):
    """The statement, with places where a line may end."""
    broken = re.sub(r"(,|\\implies|\\iff)(\\quad|\\ )", r"\1\\penalty0\2", claim.latex)
    return f"${broken}$"


def statement(claim):
    """The formula; under it how it relates to the text, or whose it is."""
    note = registry.fidelity(claim) or claim.source
    return formula(claim) + (f"\\newline{{\\scriptsize {latex.text(note)}}}" if note else "")


def anchor(claim):
    return f"\\hypertarget{{claim:{claim.id}}}{{\\textbf{{{claim.id}}}}}"


def status(claim):
    return f"\\textcolor{{{COLORS[claim.status]}}}{{{claim.status}}}"


def theorems(claim):
    """The first theorem, and how many more."""
    more = len(claim.coq) - 1
    return latex.code(claim.coq[0]) + (f" +{more}" if more > 0 else "") if claim.coq else "---"


def place(claim):
    """Where the preprint says it, or that it does not."""
    own = claim.provenance if claim.provenance != "preprint" else ""
    return "; ".join(filter(None, (own, latex.text(claim.equation))))


def add_corrections(root, values, tables):
    entries = registry.corrections(root)
    kinds = Counter(entry.kind for entry in entries)
    values |= {"claims.slips": str(kinds["slip"]), "claims.false": str(kinds["false statement"]),
               "claims.remarks": str(kinds["remark"]), "corrections.note": latex.text(registry.NOTE)}
    tables["corrections"] = "".join(
        f"\\claim{{{e.id}}} & {e.kind} & {latex.mixed(e.quotation)}, {latex.text(e.place)} & "
        f"{latex.mixed(e.resolved)} & {latex.mixed(e.consequence)} \\\\\n" for e in entries)


def add(root, out, values, tables):
    del out
    rows = registry.read(root)
    values["claims"] = str(len(rows))
    tables["claims"] = "".join(
        f"{anchor(c)} & {place(c)} & {statement(c)} & {status(c)} & {theorems(c)} \\\\\n"
        for c in rows if not c.id.startswith("R"))
    tables["rounding"] = latex.table(
        r"@{}l>{\raggedright\arraybackslash}p{9.1cm}p{5.6cm}@{}",
        ["", "bound, $u=2^{-53}$", "functions of the kernel"],
        [[anchor(c), formula(c), ", ".join(map(latex.code, c.c)) or "---"]
         for c in rows if c.id.startswith("R")])
    add_corrections(root, values, tables)
