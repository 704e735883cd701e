"""What was proved, kept under build/wp by the content of all that it follows from, for `make
verify-replay`. A verification never reads it."""

import hashlib
import json
import pathlib

import framac
import preprocessor
from properties import Property

HERE = pathlib.Path(__file__).resolve().parent
DRIVER = ("framac.py", "properties.py", "record.py", "tools.py", "why3config.py")


def key(source, names, stages):
    """What a part's report follows from: the text of all files read, the driver, what is proved
    how."""
    files = sorted(preprocessor.reached(source) | {HERE / name for name in DRIVER})
    parts = [repr((str(source), names, stages)), *(path.read_text() for path in files)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def load(scratch, name):
    """The report kept under a key, or None."""
    path = scratch / "reports" / f"{name}.json"
    if not path.exists():
        return None
    kept = json.loads(path.read_text())
    facts = {Property(*fact[:2], tuple(fact[2]), *fact[3:]): True for fact in kept["facts"]}
    return framac.Report({goal[0]: framac.Goal(*goal) for goal in kept["goals"]}, kept["smoke"], [],
                         None, facts)


def save(scratch, name, report):
    """Keep a report, if all of it is proved."""
    if report.error or report.warnings or report.unproved() or not all(
            [*report.smoke.values(), *report.facts.values()]):
        return
    (scratch / "reports").mkdir(exist_ok=True)
    (scratch / "reports" / f"{name}.json").write_text(json.dumps({
        "goals": [[goal.name, goal.prover, goal.seconds, goal.steps]
                  for goal in report.goals.values()],
        "smoke": report.smoke, "facts": [list(fact) for fact in report.facts]}))
