"""That recursive logic definitions descend: one that does not would be an axiom, and a false one.

Accepted is a definition by cases in which each recursive call lowers one of some integer
parameters, which is positive there, to itself minus one or to -1, and leaves those before it as
they are.
"""

import itertools
import re

BINDER = re.compile(r"\\(let|lambda|forall|exists|sum|product|max|min|numof)\b")


def top(text, wanted):
    """Positions of the wanted characters outside all brackets."""
    depth, found = 0, []
    for position, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0 and character in wanted:
            found.append(position)
    return found


def split(text, separator):
    """The text between separators outside all brackets."""
    cuts = [-1, *top(text, separator), len(text)]
    return [text[a + 1:b].strip() for a, b in zip(cuts, cuts[1:])]


def alternative(text):
    """(condition, then, else) of a conditional expression, or None."""
    marks = top(text, "?:")
    if not marks or text[marks[0]] != "?":
        return None
    depth = 0
    for mark in marks:
        depth += 1 if text[mark] == "?" else -1
        if depth == 0:
            return text[:marks[0]].strip(), text[marks[0] + 1:mark], text[mark + 1:]
    return None


def calls(text, name, path=()):
    """Arguments of every call of a function, with the conditions (text, whether it holds) it is
    under."""
    cases = alternative(text)
    if cases:
        condition, held, otherwise = cases
        yield from calls(condition, name, path)
        yield from calls(held, name, (*path, (condition, True)))
        yield from calls(otherwise, name, (*path, (condition, False)))
        return
    depth, start = 0, 0
    for position, character in enumerate(text):
        if character == "(" and depth == 0:
            start = position
        depth += (character == "(") - (character == ")")
        if character == ")" and depth == 0:
            inside = text[start + 1:position]
            arguments = split(inside, ",")
            if re.search(rf"\b{name}\s*(\{{[^}}]*\}})?\s*$", text[:start]):
                yield arguments, path
            for argument in arguments:
                yield from calls(argument, name, path)


def positive(parameter, path):
    """Whether the conditions of a path say that a parameter is positive."""
    return ((f"{parameter} <= 0", False) in path
            or {(f"{parameter} < 0", False), (f"{parameter} == 0", False)} <= set(path))


def lowers(arguments, path, measure, parameters):
    """Whether a call lowers the parameters of a measure, compared one after the other."""
    for parameter in measure:
        value = arguments[parameters.index(parameter)]
        if value in (f"{parameter} - 1", "-1") and positive(parameter, path):
            return True
        if value != parameter:
            return False
    return False


def problem(item):
    """Why a logic definition cannot be seen to end, or None."""
    plain = " ".join(item.text.removeprefix("/*@").removesuffix("*/").split())
    head, equals, body = plain.partition("=")
    if not equals:
        return "has no definition"
    body = body.strip().removesuffix(";")
    if not re.search(rf"\b{item.name}\b", body):
        return None
    listed = re.search(r"\((.*)\)\s*$", head)
    pairs = [split(parameter, " ") for parameter in split(listed[1], ",")] if listed else []
    parameters = [words[-1].lstrip("*") for words in pairs]
    integers = [words[-1] for words in pairs if words[0] == "integer"]
    found = list(calls(body, item.name))
    mentioned = len(re.findall(rf"\b{item.name}\b", body))
    # With another number of arguments it is another symbol of that name, defined before.
    recursive = [call for call in found if len(call[0]) == len(parameters)]
    measures = [measure for size in (1, 2) for measure in itertools.permutations(integers, size)]
    if not BINDER.search(body) and len(found) == mentioned and any(
            all(lowers(arguments, path, measure, parameters) for arguments, path in recursive)
            for measure in [(), *measures]):
        return None
    return "is recursive, and no parameter is seen to descend"
