"""Mutation operators: small changes of a function's code, each of which should break its proof.

A mutation is (file, function, operator, position, old, new): at a position of the file's text, old
is replaced by new. Only code is changed, never an annotation.
"""

import hashlib
import re

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*|^#[^\n]*|\"[^\"\n]*\"", re.S | re.M)
# The code of a function, from its head to the brace that closes it.
FUNCTION = r"^[a-z][^\n;#]*?\b{}\([^;{{]*\)\s*\{{.*?^\}}"
PER_FUNCTION = 3

OPERATORS = {"+": "-", "-": "+", "*": "+", "<": "<=", "<=": "<", "==": "!=", "!=": "==", "&&": "||",
             "||": "&&"}
WORD = r"[A-Za-z_]\w*"
COMMUTATIVE = "ist_product|ist_add_above|ist_multiply_above"  # in these, the order does not matter


def code(text):
    """The source with its comments, annotations among them, its directives and strings blanked."""
    return COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)


def body(text, function):
    """Where a function's code begins and ends, and where its body begins."""
    found = re.search(FUNCTION.format(function), code(text), flags=re.S | re.M)
    return found and (found.start(), found.start() + found[0].index("{") + 1, found.end())


def functions(text):
    """The functions with code in a source."""
    return re.findall(FUNCTION.format(r"(\w+)"), code(text), flags=re.S | re.M)


def operator(text):
    """Another arithmetic, relational or logical operator."""
    for found in re.finditer(r"(?<= )(\+|-|\*|<=|<|==|!=|&&|\|\|)(?= )", text):
        yield found.start(), found[0], OPERATORS[found[0]]


def constant(text):
    """Another number."""
    for found in re.finditer(r"(?<![\w.])(0[xX][\w.]+(?:(?<=[pP])[+-]\d+)?|\d+(\.\d+)?)(?![\w.])", text):
        number = found[0]
        yield found.start(), number, f"({number} + 1)" if "." not in number else f"({number} * 2.0 + 1.0)"


def index(text):
    """The next entry of an array."""
    for found in re.finditer(r"\[([^\[\]]+)\]", text):
        yield found.start(1), found[1], f"{found[1]} + 1"


def bound(text):
    """One turn of a loop fewer."""
    for found in re.finditer(rf"for \([^;]*; ({WORD}) <", text):
        yield found.start(1), found[1], f"{found[1]} + 1"


def arguments(text):
    """Two neighbouring arguments of a call exchanged."""
    words = rf"\b(?!(?:if|for|while|return|sizeof|{COMMUTATIVE})\(){WORD}"
    for found in re.finditer(rf"{words}\(([^()]*)\)", text):
        for pair in re.finditer(r"(?<=[(,])\s*([^,()]+?),\s*([^,()]+?)(?=[,)])", "(" + found[1] + ")"):
            old = found[1][pair.start(1) - 1:pair.end(2) - 1]
            if pair[1] != pair[2]:
                yield found.start(1) + pair.start(1) - 1, old, f"{pair[2]}, {pair[1]}"


def statement(text):
    """A statement dropped: an assignment or a call."""
    for found in re.finditer(rf"(?<=\n)([ \t]+)({WORD}(?:\[[^\n;]*\])? = [^;]*;|{WORD}\([^;{{}}]*\);)",
                             text):
        yield found.start(2), found[2], ";"


def condition(text):
    """A condition negated."""
    for found in re.finditer(r"\bif \(([^\n]*)\)\n", text):
        yield found.start(1), found[1], f"!({found[1]})"


def early(text):
    """A return before anything is done."""
    value = " 0" if re.search(r"\breturn [^;]", text) else ""
    yield 0, text[:1], f" return{value};{text[:1]}"


def operand(text):
    """Another variable of the same expression in place of one."""
    for found in re.finditer(rf"(?<![\w.])({WORD})(?:\[[^\]]*\])? [+*/-] ({WORD})\b(?![(\w\[])", text):
        if found[1] != found[2]:
            yield found.start(2), found[2], found[1]


KINDS = (operator, constant, index, bound, arguments, statement, condition, early, operand)


def possible(file, text, function):
    """Every mutation of a function, in an order that its text alone determines."""
    _, start, end = body(text, function)
    blank = code(text)[start:end]
    found = [(file, function, kind.__name__, start + at, old, new)
             for kind in KINDS for at, old, new in kind(blank)
             if text[start + at:start + at + len(old)] == old]
    return sorted(found, key=lambda mutation: hashlib.sha256(
        repr((mutation[:3], mutation[3] - start, mutation[4:])).encode()).digest())


def chosen(file, text, function, compiles):
    """Some of them, of as many kinds, that the compiler accepts."""
    picked, kinds = [], set()
    for mutation in possible(file, text, function):
        if len(picked) < PER_FUNCTION and mutation[2] not in kinds and compiles(apply(text, mutation)):
            picked.append(mutation)
            kinds.add(mutation[2])
    return picked


def apply(text, mutation):
    """The source with the mutation."""
    at, old, new = mutation[3:]
    return text[:at] + new + text[at + len(old):]
