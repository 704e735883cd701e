"""The registry: claims.csv, corrections.csv and equations.csv."""

import csv
from collections import namedtuple

# preprint  the text says it: then fidelity is how our statement relates to the text's
# ours      the text does not say it
# known     nor does it, and it was known before: then source is to whom
#
# proved     as our statement has it
# corrected  refuted as printed; what holds instead is proved
# refuted    by a counterexample
# tested     an experiment: compared with exact expectations, not a theorem
# open       neither proved nor refuted: proofs/coq/open.txt says why
WORDS = {"provenance": ("preprint", "ours", "known"),
         "status": ("proved", "corrected", "refuted", "tested", "open")}
# derived    made from the text's: a formula mended, a sentence made precise, data made anew
FIDELITIES = ("as printed", "more general", "more special", "derived")
LISTS = ("acsl", "c", "coq", "test", "figure")
COLUMNS = ("id", "statement", "latex", "equation", "provenance", "status", "source", "fidelity",
           "differs", *LISTS)

# Of a claim references are tuples of names, everything else is text.
Claim = namedtuple("Claim", COLUMNS)
Correction = namedtuple("Correction", "id kind about quotation place resolved consequence")
Equation = namedtuple("Equation", "equation claims what")
NOTE = ("Quotations and places are those of arXiv:2306.16484v1; v2 and PMLR 235, "
        "pp. 45258-45285, were not compared.")


def rows(path, kind):
    """The rows of a table in the order of the file. ValueError if it has other columns."""
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != kind._fields:
            raise ValueError(f"{path.name}: the columns are not {', '.join(kind._fields)}")
        return [kind(**row) for row in reader]


def read(root):
    return [claim._replace(**{name: tuple(getattr(claim, name).split()) for name in LISTS})
            for claim in rows(root / "spec/claims/claims.csv", Claim)]


def corrections(root):
    return rows(root / "spec/claims/corrections.csv", Correction)


def equations(root):
    return rows(root / "spec/claims/equations.csv", Equation)


def fidelity(claim):
    """How the statement relates to the text's, and what differs."""
    return ": ".join(filter(None, (claim.fidelity, claim.differs)))
