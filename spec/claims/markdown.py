"""Pieces of Markdown, as GitHub and pandoc read it."""

import re


def text(value):
    """Text that stands as it is."""
    return re.sub(r"([\\`*_|~$<\[\]])", r"\\\1", str(value))


def link(name, target):
    return f"[{name}]({target})"


def table(head, rows, numeric=()):
    """A table of cells that are Markdown; columns in `numeric` are set right."""
    rules = ["--:" if k in numeric else "---" for k in range(len(head))]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rules, *rows)) + "\n"
