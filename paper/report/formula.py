"""LaTeX formulas for pandoc, which makes MathML of them.

Two things it does not do: browsers end no line inside a <math>, so that a long formula becomes
several; and it refuses \\bigl and its like, which MathML needs as little as TeX's | in a table.
"""

import re

from markdown import text

TOKEN = re.compile(r"\\not\\[a-zA-Z]+|\\[a-zA-Z]+|\\.|.", re.S)
OPENING, CLOSING = ("(", "[", "{", "\\begin"), (")", "]", "}", "\\end")
# Where a line may end, outside of every group.
BREAKS = ("=", "\\le", "\\ge", "\\ne", "\\implies", "\\iff", "\\preceq", "\\succeq", "\\to", "\\quad")


def formula(latex):
    """The formula between dollars, in pieces between which a line may end."""
    latex = re.sub(r"\\[bB]ig[lr]", "", latex)
    latex = latex.replace(r"\|", r"\Vert ").replace("|", r"\vert ")
    pieces, depth = [""], 0
    for token in TOKEN.findall(latex):
        depth += (token in OPENING) - (token in CLOSING)
        if depth == 0 and (token in BREAKS or token.startswith("\\not")) and pieces[-1].strip():
            pieces.append("")
        pieces[-1] += token
    return " ".join(f"${piece.strip()}$" for piece in pieces)


def mixed(plain):
    """Text with formulas between dollars."""
    return "".join(formula(part) if k % 2 else text(part)
                   for k, part in enumerate(plain.split("$")))
