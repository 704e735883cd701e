"""What is proved: goals of the C from the last complete `make verify`, theorems from Coq's list."""

import re
from collections import Counter

import theorems
import verification

from . import latex
from .source import Missing

PROVERS = ("Qed", "CVC5", "induction", "Z3")


def goals(units):
    """Goals, and goals by prover, of some units of the report."""
    by, total = Counter(), 0
    for unit in units:
        for row in unit["rows"]:
            total += row["goals"]
            by.update(row["by"])
    return total, by


def row(label, functions, units):
    total, by = goals(units)
    return [label, functions, latex.count(total), *(latex.count(by[name]) for name in PROVERS)]


def kernel_table(units):
    files = [unit for unit in units if re.fullmatch(r"src/kernel/\w+\.c", unit["file"])]
    rows = [row(latex.code(unit["file"].removeprefix("src/kernel/")), str(len(unit["rows"])),
                [unit]) for unit in files]
    functions = sum(len(unit["rows"]) for unit in files)
    lemmas = [unit for unit in units if unit not in files]
    return functions, [*rows, [], row("lemmas", "", lemmas), [],
                       row("all", str(functions), units)]


def add_verification(root, values, tables):
    report, why = verification.load(root)
    if report is None:
        raise Missing(f"{why}; run make verify first")
    if report["problems"] or report["proved"] != report["goals"]:
        raise Missing("make verify did not prove everything")
    total, by = goals(report["units"])
    functions, rows = kernel_table(report["units"])
    values.update({
        "wp.goals": latex.count(total), "wp.functions": str(functions),
        "wp.smoke": latex.count(report["smoke_tests"]),
        "wp.minutes": str(round(report["seconds"] / 60)),
        "wp.automatic": latex.count(by["Qed"] + by["CVC5"] + by["Z3"]),
        "wp.axioms": " and ".join(latex.code(axiom["name"]) for axiom in report["axioms"])})
    for name in PROVERS:
        values[f"wp.{name}"] = latex.count(by[name])
    tables["kernel"] = latex.table(
        "@{}lrrrrrr@{}", ["file", "functions", "goals", "Qed", "CVC5", "ind.", "Z3"], rows)


def add_theorems(root, values, tables):
    headline = theorems.headline(root)
    axioms = Counter(headline.values())
    values.update({"coq.theorems": str(len(headline)), "coq.none": str(axioms["none"]),
                   "coq.reals": str(axioms["reals"])})
    sources = sorted((root / "proofs/coq").glob("*.v"))
    values["coq.files"] = str(len(sources))
    values["coq.lines"] = latex.count(sum(len(path.read_text().splitlines()) for path in sources))
    files = Counter(name.split(".")[0] for name in headline)
    cells = [[latex.code(name), str(number)] for name, number in files.items()]
    half = -(-len(cells) // 2)
    cells += [["", ""]] * (2 * half - len(cells))
    tables["theorems"] = latex.table("@{}lr@{\\quad}lr@{}", ["file", ""] * 2,
                                     [cells[k] + cells[k + half] for k in range(half)])


def add(root, out, values, tables):
    del out
    add_verification(root, values, tables)
    add_theorems(root, values, tables)
    values["kernel.lines"] = latex.count(sum(
        len(path.read_text().splitlines()) for path in (root / "src/kernel").glob("*.c")))
