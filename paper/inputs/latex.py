"""Plain text, names and numbers as LaTeX."""

import re

SYMBOLS = {
    "α": r"\alpha ", "β": r"\beta ", "γ": r"\gamma ", "θ": r"\theta ", "κ": r"\kappa ",
    "λ": r"\lambda ", "σ": r"\sigma ", "‖": r"\|", "²": "^2", "ᵀ": r"^{\top}", "−": "-",
    "½": r"\tfrac12 ", "⪰": r"\succeq ", "≥": r"\ge ", "≤": r"\le ", "→": r"\to ",
    "∞": r"\infty ", "√": r"\sqrt ", "Σ": r"\sum ", "·": r"\cdot ", "×": r"\times ", "₀": "_0",
}
# Words that join their neighbours into one formula; those that begin one.
OPERATORS = ("=", "<", ">", "+", "−", "⪰", "≥", "≤", "/")
PREFIXES = ("E",)
SPECIAL = {"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
           "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}


def text(plain):
    return "".join(SPECIAL.get(character, character) for character in plain)


def mixed(plain):
    """Text with formulas between dollars, their matrices set small."""
    plain = re.sub(r'"([^"]*)"', r"``\1''", plain)
    plain = plain.replace(r"\begin{pmatrix}", r"\bigl(\begin{smallmatrix}") \
                 .replace(r"\end{pmatrix}", r"\end{smallmatrix}\bigr)")
    return "".join(f"${part}$" if k % 2 else text(part) for k, part in enumerate(plain.split("$")))


def prose(plain):
    """Text with formulas in plain Unicode: words that hold a symbol, and words that an operator
    joins, become mathematics."""
    out, formula = [], []
    for token in plain.split():
        core = token.rstrip(".,;:")
        joins = bool(formula) and (token in OPERATORS or formula[-1] in OPERATORS + PREFIXES)
        if token in OPERATORS and out and not formula and out[-1].isalnum():
            formula, joins = [out.pop()], True
        if formula and not joins:
            out.append(math(formula))
            formula = []
        if joins or token in PREFIXES or is_formula(core):
            formula.append(core)
            if core != token:
                out.append(math(formula) + token[len(core):])
                formula = []
        else:
            out.append(text(token))
    return " ".join(out + ([math(formula)] if formula else []))


def is_formula(word):
    marked = re.search(r"[_^*\[\]|\u0303\u0304]|\d[A-Z]$", word)
    return marked is not None or any(s in word for s in SYMBOLS)


def math(words):
    formula = " ".join(words).replace("*", "^*")
    formula = re.sub("(.)\u0303", r"\\tilde \1", re.sub("(.)\u0304", r"\\bar \1", formula))
    formula = re.sub(r"√(\w+)", r"\\sqrt{\1}", formula)
    formula = re.sub(r"\bE(?=[ ‖])", r"\\mathbb{E}", formula)
    return "$" + "".join(SYMBOLS.get(character, character) for character in formula) + "$"


def code(name):
    """An identifier that may be broken after its separators."""
    return "\\texttt{" + re.sub(r"([_.])", r"\1\\allowbreak ", text(name).replace(r"\_", "_")) \
        .replace("_", r"\_") + "}"


def rational(number):
    """-p/q as a fraction, set on one line if it is long."""
    sign, numerator, denominator = re.fullmatch(r"(-?)(\d+)(?:/(\d+))?", number).groups()
    if denominator is None or len(numerator) > 2 or len(denominator) > 1:
        return number
    return f"{sign}\\tfrac{{{numerator}}}{{{denominator}}}"


def count(number):
    """An integer with thin spaces between thousands."""
    return f"{number:,}".replace(",", r"\,")


def table(columns, head, rows):
    """A tabular with rules; head and rows are lists of cells, and an empty row is a rule."""
    body = "".join(" & ".join(row) + " \\\\\n" if row else "\\midrule\n" for row in rows)
    return (f"\\begin{{tabular}}{{{columns}}}\n\\toprule\n" + " & ".join(head) +
            " \\\\\n\\midrule\n" + body + "\\bottomrule\n\\end{tabular}%\n")
