"""LaTeX formulas as MathML, for the subset that the registry uses. ValueError on anything else."""

import html
import re

TOKEN = re.compile(r"\\begin\{pmatrix\}|\\end\{pmatrix\}|\\\\|\\[a-zA-Z]+|\\.|\s+|\d+(?:\.\d+)?|.")
SYMBOLS = {
    "\\nabla": "∇", "\\gamma": "γ", "\\theta": "θ", "\\lambda": "λ", "\\omega": "ω", "\\mu": "μ",
    "\\sigma": "σ", "\\beta": "β", "\\kappa": "κ", "\\infty": "∞", "\\top": "⊤",
}
OPERATORS = {
    "\\ne": "≠", "\\le": "≤", "\\ge": "≥", "\\preceq": "⪯", "\\succeq": "⪰", "\\lesssim": "≲",
    "\\implies": "⟹", "\\iff": "⟺", "\\Rightarrow": "⇒", "\\to": "→", "\\uparrow": "↑",
    "\\in": "∈", "\\times": "×", "\\circ": "∘", "\\langle": "⟨", "\\rangle": "⟩", "\\|": "‖",
    "\\{": "{", "\\}": "}", "\\sum": "∑", "-": "−", "*": "∗",
}
NEGATED = {"\\succeq": "⋡", "\\Rightarrow": "⇏", "\\to": "↛"}
NAMES = ("\\max", "\\min", "\\sup")
SPACES = {"\\,": "0.17em", "\\ ": "0.25em", "\\quad": "1em"}
ACCENTS = {"\\bar": "¯", "\\tilde": "˜", "\\hat": "ˆ"}
SIZES = ("\\bigl", "\\bigr", "\\Bigl", "\\Bigr", "\\textstyle")
LETTERS = {"E": "𝔼"}
TIGHT = ("|", "‖", "/")
OPENING, CLOSING = ("(", "[", "\\{"), (")", "]", "\\}")
# Where a formula may be broken, outside of every group.
BREAKS = ("=", "\\le", "\\ne", "\\not", "\\implies", "\\iff", "\\preceq", "\\to", "+", "-")


def element(tag, content, attributes=""):
    return f"<{tag}{attributes}>{content}</{tag}>"


def operator(text, attributes=""):
    space = ' lspace="0" rspace="0"' if text in TIGHT else ""
    return element("mo", html.escape(text), f' stretchy="false"{space}{attributes}')


def infix(text):
    """An operator that keeps its spaces at the beginning of a line."""
    return operator(text, ' form="infix"')


class Parser:
    def __init__(self, text):
        self.text = text
        self.tokens = [token for token in TOKEN.findall(text) if not token.isspace()]
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, expected=None):
        token = self.peek()
        if token is None or (expected and token != expected):
            raise ValueError(f"{expected or 'more'} is missing in {self.text}")
        self.at += 1
        return token

    def pieces(self):
        """The whole formula, cut before the operators at which a line may break."""
        found, depth = [[]], 0
        while self.peek() is not None:
            depth += (self.peek() in OPENING) - (self.peek() in CLOSING)
            if self.peek() == "\\quad":
                found.append([])
            if self.peek() in BREAKS and depth == 0 and found[-1]:
                found.append([])
                found[-1].append(self.breaking())
            else:
                found[-1].append(self.scripted())
        return [element("mrow", "".join(parts)) for parts in found if parts]

    def breaking(self):
        token = self.take()
        return infix(NEGATED[self.take()] if token == "\\not" else OPERATORS.get(token, token))

    def row(self, *ends):
        """Everything up to one of the tokens `ends`, which is left."""
        parts = []
        while self.peek() is not None and self.peek() not in ends:
            parts.append(self.scripted())
        return element("mrow", "".join(parts))

    def argument(self):
        """A group in braces, or one atom; of a number its first digit, as TeX has it."""
        if self.peek() == "{":
            self.take("{")
            inner = self.row("}")
            self.take("}")
            return inner
        if (self.peek() or "")[:1].isdigit() and len(self.peek()) > 1:
            number, self.tokens[self.at] = self.peek(), self.peek()[1:]
            return element("mn", number[0])
        return self.atom()

    def verbatim(self):
        """The text of a group in braces, spaces included."""
        self.take("{")
        parts = []
        while self.peek() != "}":
            parts.append(self.take())
        self.take("}")
        return "".join(parts)

    def scripted(self):
        large = self.peek() in ("\\sum", "\\sup")
        base, below, above = self.atom(), None, None
        while self.peek() in ("_", "^"):
            if self.take() == "_":
                below = self.argument()
            else:
                above = self.argument()
        if below and above:
            return element("munderover" if large else "msubsup", base + below + above)
        if below:
            return element("munder" if large else "msub", base + below)
        return element("mover" if large else "msup", base + above) if above else base

    def matrix(self):
        rows, cells = [], []
        while True:
            cells.append(element("mtd", self.row("&", "\\\\", "\\end{pmatrix}")))
            end = self.take()
            if end != "&":
                rows.append(element("mtr", "".join(cells)))
                cells = []
            if end == "\\end{pmatrix}":
                return element("mrow", "<mo>(</mo>" + element("mtable", "".join(rows))
                               + "<mo>)</mo>")

    def atom(self):
        token = self.take()
        if token == "{":
            self.at -= 1
            return self.argument()
        if token == "\\begin{pmatrix}":
            return self.matrix()
        if token in ("\\frac", "\\tfrac"):
            return element("mfrac", self.argument() + self.argument())
        if token == "\\sqrt":
            return element("msqrt", self.argument())
        if token in ACCENTS:
            # Without accent="true", which browsers draw so low that it vanishes in small sizes.
            return element("mover", self.argument() + operator(ACCENTS[token]))
        if token == "\\not":
            return operator(NEGATED[self.take()])
        if token == "\\mathbb":
            return element("mi", LETTERS[self.verbatim()])
        return self.leaf(token)

    def leaf(self, token):
        if token in ("\\text", "\\operatorname", "\\mathrm"):
            tag = "mtext" if token == "\\text" else "mi"
            gap = '<mspace width="0.17em"/>' if token == "\\operatorname" else ""
            return element(tag, html.escape(spaced(self.text, self.verbatim()))) + gap
        if token in SIZES:
            return ""
        if token in SPACES:
            return f'<mspace width="{SPACES[token]}"/>'
        if token in SYMBOLS:
            return element("mi", SYMBOLS[token])
        if token in NAMES:
            return element("mi", token[1:])
        if token in OPERATORS:
            return operator(OPERATORS[token])
        if token[0].isdigit():
            return element("mn", token)
        if token.isascii() and token.isalpha():
            return element("mi", token)
        if token in "()[]|=<>+/:,.'":
            return operator(token)
        raise ValueError(f"{token} is not known in {self.text}")


def spaced(source, squeezed):
    """A group's text with the spaces that the tokens dropped."""
    for group in re.findall(r"\{([^{}]*)\}", source):
        if group.replace(" ", "") == squeezed:
            return group.replace(" ", "\u00a0")
    return squeezed


def mathml(text):
    """The formula as inline <math> elements between which a line may break."""
    try:
        pieces = Parser(text).pieces()
    except KeyError as error:
        raise ValueError(f"{error} is not known in {text}") from error
    return "<wbr>".join(element("math", piece) for piece in pieces)
