"""Where each name that the registry uses stands: name -> place, a file (relative) and a line."""

import functools
import re
from collections import namedtuple

Place = namedtuple("Place", "file line")
ANNOTATION = re.compile(r"/\*@.*?\*/|//@[^\n]*", re.S)
SYMBOL = re.compile(r"\b(?:(?P<proved>lemma|axiom)|predicate|logic\s+\w+)\s+(?P<name>\w+)")
CONTRACT = re.compile(r"/\*@((?:(?!\*/).)*)\*/\s*[a-z_][\w \*]*?\b(\w+)\(", re.S)
CLAUSE = re.compile(r"\bensures\s+(\w+):")
# A documentation comment, its contract if it has one, and the function they stand before.
DOCUMENTED = re.compile(r"/\*\*(?P<doc>(?:(?!\*/).)*)\*/\n(?:/\*@(?:(?!\*/).)*\*/\n)?"
                        r"[a-z_][\w \*]*?\b(?P<name>ist_\w+)\(", re.S)
DECLARED = re.compile(r"^(?!typedef)[a-z_][\w \*]*?\b(?P<name>ist_\w+)\(", re.M)
DEFINED = re.compile(DECLARED.pattern + r"[^;{}]*\{", re.M)
STATED = re.compile(r"^\s*(?:Theorem|Lemma|Corollary|Proposition|Fact|Example)\s+(?P<name>\w+)",
                    re.M)
TEST = re.compile(r"^(?:(?:Test|Theory)\s*\((?:\s*\([^)]*\),)?|ParameterizedTest\s*\(.*?,)"
                  r"\s*(?P<suite>\w+),\s*(?P<test>\w+)", re.M)
SCRIPTED = re.compile(r"^ *(?:def )?test_(?P<test>\w+)\(", re.M)
CHECKED = re.compile(r'^\s*\{"(?P<name>[A-Z]\d+)(?:-[\w-]+)?", "', re.M)
FIGURE = re.compile(r'^#define NAME "(?P<name>\w+)"', re.M)
MARK = re.compile(r"\[claim ([^\]]*)\]")


def blank(text):
    """Spaces of the same length, lines kept."""
    return re.sub(r"[^\n]", " ", text)


def annotations(text):
    """The ACSL of a source in its place, without the comments inside it."""
    out, end = "", 0
    for found in ANNOTATION.finditer(text):
        out += blank(text[end:found.start()]) + notes_blank(found[0])
        end = found.end()
    return out


def notes_blank(text):
    return text[:3] + re.sub(r"//[^\n]*", lambda note: blank(note[0]), text[3:])


def found(root, pattern, expression, read=lambda text: text):
    """(match, place) of an expression in the files of a pattern."""
    for path in sorted(root.glob(pattern)):
        text, file = read(path.read_text()), str(path.relative_to(root))
        for match in expression.finditer(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield match, Place(file, text.count("\n", 0, start) + 1)


def named(matches):
    """Name -> its first place."""
    return {match["name"]: place for match, place in reversed(list(matches))}


@functools.cache
def symbols(root):
    """Lemmas and axioms, and the other logic symbols, of the headers."""
    proved, defined = {}, {}
    for pattern in ("spec/**/*.h", "src/kernel/*.h"):
        for match, place in found(root, pattern, SYMBOL, annotations):
            (proved if match["proved"] else defined)[match["name"]] = place
    return proved, defined


@functools.cache
def clauses(root):
    """The named ensures clauses of the kernel's contracts, as FUNCTION:CLAUSE."""
    return {f"{contract[2]}:{clause[1]}": Place(place.file, place.line + contract[1].count(
                "\n", 0, clause.start()))
            for contract, place in found(root, "src/kernel/*.h", CONTRACT)
            for clause in CLAUSE.finditer(notes_blank(contract[1]))}


@functools.cache
def declared(root):
    return named(found(root, "src/*/*.h", DECLARED))


@functools.cache
def defined(root):
    return named(found(root, "src/*/*.[ch]", DEFINED))


def kernel(root):
    """The functions whose contracts are proved, where these stand."""
    return {name: place for name, place in declared(root).items()
            if place.file.startswith("src/kernel/")}


def marks(root):
    """The pairs (function, claim) that documentation comments state as [claim P01, E2]."""
    return {(match["name"], name) for match, _ in found(root, "src/*/*.h", DOCUMENTED)
            for mark in MARK.findall(match["doc"]) for name in re.split(r",\s*(?:\*\s*)?", mark)}


def marks_written(root):
    """How often headers name a claim, whether or not a declaration follows."""
    return sum(len(match[1].split(",")) for match, _ in found(root, "src/*/*.h", MARK))


@functools.cache
def stated(root):
    """The theorems and lemmas of proofs/coq, as FILE.NAME."""
    return {f"{place.file[len('proofs/coq/'):-2]}.{match['name']}": place
            for match, place in found(root, "proofs/coq/*.v", STATED)}


@functools.cache
def tests(root):
    """The tests, as ROOM/SUITE.TEST; the suite of a script is in its name."""
    compiled = {f"{place.file.split('/')[1]}/{match['suite']}.{match['test']}": place
                for match, place in found(root, "tests/*/test_*.c", TEST)}
    scripted = {f"tools/{re.split('[_.]', place.file, 1)[1].split('.')[0]}.{match['test']}": place
                for match, place in found(root, "tests/tools/test_*.*", SCRIPTED)}
    return {**compiled, **scripted}


def checked(root):
    """The claims that `ist check` evaluates, ids without suffix."""
    return named(found(root, "src/*/claims_*.c", CHECKED))


def figures(root):
    """The figures of `ist reproduce`, where they are drawn."""
    return named(found(root, "src/*/*.c", FIGURE))
