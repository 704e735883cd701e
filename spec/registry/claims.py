"""The registry spec/claims.csv as a list of claims."""

import csv
from dataclasses import dataclass

LISTS = ("acsl", "c", "coq", "test", "figure")
COLUMNS = ("id", "statement", "latex", "equation", "status", *LISTS)

# proved     a statement of the paper, proved as it stands
# refuted    a statement of the paper, refuted by a counterexample
# corrected  refuted as printed; what holds instead is proved
# new        proved, and not in the paper
# tested     an experiment: compared with exact expectations, not a theorem
STATUSES = ("proved", "refuted", "corrected", "new", "tested")


@dataclass(frozen=True)
class Claim:
    """One row: references are tuples of names, everything else is text."""

    id: str
    statement: str
    latex: str
    equation: str
    status: str
    acsl: tuple
    c: tuple
    coq: tuple
    test: tuple
    figure: tuple


def read(path):
    """The claims in the order of the file. ValueError if its columns are not COLUMNS."""
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path.name}: the columns are not {', '.join(COLUMNS)}")
        return [Claim(**{name: tuple(row[name].split()) if name in LISTS else row[name]
                         for name in COLUMNS}) for row in reader]
