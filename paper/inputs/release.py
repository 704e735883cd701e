"""The version and commit of the sources, and the versions of the tools."""

import re

from .source import Missing, run

TOOLS = {"frama-c": ("frama-c", "-version"), "why3": ("why3", "--version"),
         "cvc5": ("cvc5", "--version"), "z3": ("z3", "--version"), "coq": ("coqc", "--version")}


def add(root, out, values, tables):
    del out, tables
    values["version"] = (root / "VERSION").read_text().strip()
    values["commit"] = run(root / ".ci/commit", cwd=root).strip()
    for name, command in TOOLS.items():
        found = re.search(r"\d+\.\d+(?:\.\d+)?", run(*command))
        if found is None:
            raise Missing(f"{name} does not tell its version")
        values[f"tool.{name}"] = found[0]
