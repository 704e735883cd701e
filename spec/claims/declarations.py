"""C functions: what the headers declare, which claims their comments name, what libist.a has."""

import re
import subprocess

# A documentation comment, its contract if it has one, and the function they stand before.
DECLARATION = re.compile(r"/\*\*(?P<doc>(?:(?!\*/).)*)\*/\n(?:/\*@(?:(?!\*/).)*\*/\n)?"
                         r"(?P<head>[a-z_][\w \*]*?\b(?P<name>ist_\w+)\()", re.S)
ANY = re.compile(r"^(?P<head>[a-z_][\w \*]*?\b(?P<name>ist_\w+)\()", re.M)
MARK = re.compile(r"\[claim ([^\]]*)\]")


def headers(root):
    return sorted((root / "src").glob("*/*.h"))


def declared(root):
    """Name -> (header, whether it is defined there) of every function that a header declares."""
    return {match["name"]: (str(path.relative_to(root)), "static inline" in match["head"])
            for path in headers(root)
            for match in ANY.finditer(path.read_text())
            if not match["head"].startswith("typedef")}


def kernel(root):
    """The functions whose contracts are proved."""
    return {name for name, (header, _) in declared(root).items()
            if header.startswith("src/kernel/")}


def marks(root):
    """The pairs (function, claim) that documentation comments state as [claim P01, E2]."""
    return {(match["name"], name)
            for path in headers(root)
            for match in DECLARATION.finditer(path.read_text())
            for mark in MARK.findall(match["doc"])
            for name in re.split(r",\s*(?:\*\s*)?", mark)}


def marks_written(root):
    """How often headers name a claim, whether or not a declaration follows."""
    return sum(len(mark.split(",")) for path in headers(root)
               for mark in MARK.findall(path.read_text()))


def linked(root):
    """The functions that build/libist.a defines."""
    listing = subprocess.run(["nm", "--defined-only", "--extern-only", root / "build/libist.a"],
                             check=True, capture_output=True, text=True).stdout
    return {line.split()[2] for line in listing.splitlines() if re.match(r"[0-9a-f]+ T ", line)}
