"""What the sources claim: lemmas, axioms, literals and contracts, read before anything is proved."""

import re
import subprocess

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
# A decimal literal with an exponent; hexadecimal ones have p for it.
EXPONENT = re.compile(r"(?<![\w.])(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+")
FUNCTION = re.compile(r"^/\*@(?P<contract>(?:(?!\*/).)*)\*/\n(?P<head>[A-Za-z_][^;{}()]*?\b"
                      r"(?P<name>\w+)\([^;{}]*\))\s*(?P<end>[;{])", re.S | re.M)
HEAD = re.compile(r"^[A-Za-z_][^;{}()=\n]*?\b(?P<name>\w+)\([^;{}]*\)\s*(?P<end>[;{])", re.M)
KEYWORDS = {"if", "while", "switch", "sizeof"}


def annotations(text):
    """The ACSL comments of a source, without the comments inside them."""
    return [re.sub(r"//[^\n]*", "", comment)
            for comment in re.findall(r"/\*@.*?\*/|//@[^\n]*", text, flags=re.S)]


def names(text, keyword):
    """Names that ACSL declares with a keyword, such as lemma or axiom, in order."""
    return [name for annotation in annotations(text)
            for name in re.findall(rf"\b{keyword}\s+(\w+)", annotation)]


def exponents(text):
    """Decimal literals with an exponent, in annotations and in code."""
    found = EXPONENT.findall(COMMENT.sub(" ", text))
    for annotation in annotations(text):
        found += EXPONENT.findall(annotation)
    return found


def admitted(text):
    """Whether a source asks Frama-C to take something without proof."""
    return any(re.search(r"\badmit\b", annotation) for annotation in annotations(text))


def functions(path):
    """Functions of a translation unit (an absolute path) as Frama-C normalises it.

    Returns a dictionary from each name to (contract or None, whether its body is here), and the
    names of the functions called."""
    printed = subprocess.run(["frama-c", "-c11", "-machdep", "x86_64", str(path), "-no-unicode",
                              "-print"], capture_output=True, text=True)
    if printed.returncode != 0:
        raise SystemExit(f"{path}: Frama-C cannot read it:\n{printed.stdout}{printed.stderr}")
    code = COMMENT.sub("", printed.stdout)
    declared = {match["name"]: (None, match["end"] == "{") for match in HEAD.finditer(code)}
    for match in FUNCTION.finditer(printed.stdout):
        declared[match["name"]] = (match["contract"], match["end"] == "{")
    bodies = "".join(re.findall(r"^\{.*?^\}", code, flags=re.S | re.M))
    return declared, set(re.findall(r"\b(\w+)\(", bodies)) - KEYWORDS


def missing_clauses(contract):
    """Clauses that a kernel function must state and this contract does not."""
    if contract is None:
        return ["contract"]
    return [clause for clause in ("ensures", "assigns", "terminates", "exits")
            if not re.search(rf"^\s*{clause}\b", contract, flags=re.M)]
