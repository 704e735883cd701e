"""Mutations of annotations: a clause of a contract, or a loop invariant, dropped or weakened.

They have the form of operators.py's. What is dropped from an invariant must be missed in the
function's own proof; what is dropped from a contract, by a client's proof or by a check that names
it.
"""

import csv
import re

import operators

CONTRACT = r"/\*@(?:(?!\*/).)*?\*/\s*(?=[a-z][^;{{}}]*?\b{}\()"
# A clause lasts until a semicolon before the next one: quantifiers have theirs.
END = r"\b.*?;(?=\s*(?:ensures|requires|assigns|terminates|exits|loop|\*/|//))"
CLAUSE = {"contract": re.compile(r"\bensures" + END, re.S),
          "invariant": re.compile(r"\bloop invariant" + END, re.S)}
LABEL = re.compile(r"\s*(?:ensures|loop invariant)\s+(?:(\w+):)?\s*")
WORD = re.compile(r"\w+")
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')


def functions(text):
    """The functions that have a contract in a source."""
    return list(dict.fromkeys(re.findall(r"/\*@(?:(?!\*/).)*?\*/\s*[a-z][\w \*]*?\b(\w+)\(", text,
                                         flags=re.S)) | dict.fromkeys(operators.functions(text)))


def places(text, function):
    """Where the annotations of a function stand: (kind, start, end)."""
    found = re.search(CONTRACT.format(function), text, flags=re.S)
    if found:
        yield "contract", found.start(), found.end()
    code = operators.body(text, function)
    if code:
        yield "invariant", code[1], code[2]


def conjuncts(clause):
    """Where the parts of a clause's conclusion stand that && joins: dropping one weakens it."""
    start = LABEL.match(clause).end()
    if "<==>" in clause:
        return
    start = max([start] + [found.end() for found in re.finditer(r"==>", clause)])
    depth, cuts = 0, [start]
    for found in re.finditer(r"[(\[{]|[)\]}]|&&|\|\||\?", clause[start:]):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(found[0], 0)
        if depth < 0 or depth == 0 and found[0] in ("||", "?"):
            return
        if depth == 0 and found[0] == "&&":
            cuts.append(start + found.start())
    cuts.append(len(clause) - 1)
    for first, last in zip(cuts, cuts[1:]) if len(cuts) > 2 else ():
        if first == start:
            last = clause.index("&&", last) + 2
        yield first, clause[first:last]


def possible(file, text, function):
    """Every clause of a function dropped, and weakened where that is mechanical."""
    for kind, start, end in places(text, function):
        for clause in CLAUSE[kind].finditer(text, start, end):
            at, old = clause.start(), clause[0]
            yield file, function, f"{kind} dropped", at, old, ""
            for first, part in conjuncts(old):
                yield file, function, f"{kind} weakened", at + first, part, ""
            if old.count("<==>") == 1:
                yield file, function, f"{kind} weakened", at + old.index("<==>"), "<==>", "==>"


def squeezed(text):
    return " ".join(text.split())


def watchers(root, mutation, before, after):
    """What notices, besides proofs, that a contract is no longer what it was."""
    file, function, _, _, old, _ = mutation
    label = LABEL.match(old)
    words = {*WORD.findall(old)} | ({f"{function}:{label[1]}"} if label else set())
    with open(root / "spec/claims/claims.csv", newline="", encoding="utf-8") as rows:
        yield from (f"claim {row['id']}" for row in csv.DictReader(rows)
                    if function in row["c"].split() and words & {*row["acsl"].split()})
    test = (root / "tests/unit/test_error_clauses.c").read_text()
    for entry in re.finditer(rf'\{{"[^"]*{file}",\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\}}', test):
        text = "".join(TEXT.findall(entry[1])).replace("\\\\", "\\")
        if squeezed(text) in squeezed(before) and squeezed(text) not in squeezed(after):
            yield "tests/unit/test_error_clauses.c"
    for document in sorted((root / "spec").glob("*.md")):
        for quoted in re.findall(rf"```c \S*{file}\n(.*?)```", document.read_text(), flags=re.S):
            if squeezed(quoted) in squeezed(before) and squeezed(quoted) not in squeezed(after):
                yield str(document.relative_to(root))
