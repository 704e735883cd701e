"""What ACSL defines: logic symbols in the headers, and the clauses of contracts."""

import re

ANNOTATION = re.compile(r"/\*@.*?\*/|//@[^\n]*", re.S)
NOTE = re.compile(r"//[^\n]*")
LEMMA = re.compile(r"\b(?:lemma|axiom)\s+(\w+)")
SYMBOL = re.compile(r"\bpredicate\s+(\w+)|\blogic\s+\w+\s+(\w+)")
CONTRACT = re.compile(r"/\*@((?:(?!\*/).)*)\*/\s*[a-z_][\w \*]*?\b(\w+)\(", re.S)
CLAUSE = re.compile(r"\bensures\s+(\w+):")
# The clauses that bound a distance to an exact result: each must belong to a claim.
DISTANCE = ("error", "convergence", "above", "covered", "radii")


def headers(root):
    return sorted((root / "spec").glob("*.h")) + sorted((root / "src/kernel").glob("*.h"))


def annotations(text):
    """The ACSL of a source, without the comments inside it."""
    return "\n".join(NOTE.sub("", found) for found in ANNOTATION.findall(text))


def symbols(root):
    """Name -> header (relative) of every lemma and axiom, and the same of other logic symbols."""
    proved, defined = {}, {}
    for path in headers(root):
        text, where = annotations(path.read_text()), str(path.relative_to(root))
        proved.update((name, where) for name in LEMMA.findall(text))
        defined.update((first or second, where) for first, second in SYMBOL.findall(text))
    return proved, defined


def clauses(root):
    """The named ensures clauses of the kernel's contracts, as FUNCTION:CLAUSE."""
    return {f"{function}:{clause}"
            for path in sorted((root / "src/kernel").glob("*.h"))
            for contract, function in CONTRACT.findall(path.read_text())
            for clause in CLAUSE.findall(NOTE.sub("", contract))}


def distances(found):
    """Those of the clauses that state an error bound."""
    return {clause for clause in found
            if clause.split(":")[1] in DISTANCE or clause.endswith("_error")}
