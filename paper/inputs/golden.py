"""The exact numbers of the counterexamples, from tests/data/golden.json."""

import json
import re

from . import latex

MATRICES = re.compile(r"[\d/*]*[IK](, [\d/*]*[IK])*(, K=.*)?")
RATIONAL = re.compile(r"-?\d+(/\d+)?")


def matrix(rows):
    body = "\\\\".join("&".join(row) for row in rows)
    return f"\\bigl(\\begin{{smallmatrix}}{body}\\end{{smallmatrix}}\\bigr)"


def leaves(key, value):
    """(key, LaTeX) of every rational, vector and matrix of rationals under a key."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(f"{key}.{name}", part)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield key, str(value)
    elif isinstance(value, str) and RATIONAL.fullmatch(value):
        yield key, latex.rational(value)
    elif isinstance(value, str) and MATRICES.fullmatch(value):
        list_of = value.split(", K=")[0].replace("*", "")
        yield key, re.sub(r"(\d+)/(\d+)", r"\\tfrac{\1}{\2}", list_of)
    elif isinstance(value, list) and value and isinstance(value[0], list):
        yield key, matrix(value)
    elif isinstance(value, list):
        yield key, "(" + ",".join(map(latex.rational, value)) + ")"
        for index, entry in enumerate(value):
            yield f"{key}.{index}", latex.rational(entry)


def read(root):
    return json.loads((root / "tests/data/golden.json").read_text())["errata"]


def shared_matrix(definition):
    """The matrix K of "..., K=[[p,q],[r,s]]", as rows of text."""
    return [row.split(",") for row in re.findall(r"\[([^\[\]]+)\]", definition.split("K=")[1])]


def add(root, out, values, tables):
    del out, tables
    values["errata.c_descent.K"] = matrix(shared_matrix(read(root)["c_descent"]["L"]))
    values.update(leaves("errata", read(root)))
