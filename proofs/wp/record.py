"""The record of which prover proves which goal in how many steps, kept in provers.csv and handed to
WP as its scripts.

WP tries a goal's recorded prover first, limited to a multiple of the recorded steps, so that no
goal waits for provers that fail on it. A record only orders and limits the provers: whatever it
says, a goal counts as proved only when a prover proves it.
"""

import csv
import json
import re

import why3config

FILE = "provers.csv"
HEAD = ("file", "goal", "prover", "steps")
FACTOR = 3  # a goal's limit is the power of two above this many times its recorded steps
# The limit for goals without a record, and of every prover for what the first one leaves; Z3 can
# take minutes over few steps of a goal that it does not prove.
UNRECORDED = {"z3": 16}
USUAL = 20
SLOWER = 1.5  # a goal that takes this many times its recorded steps is named
# In a script that WP wrote; its numbers are OCaml's ("1."), which a JSON parser refuses.
PROOF = re.compile(r'"prover": "([^"]+)", "verdict": "valid"(?:, "time": ([\d.]+))?'
                   r'(?:,\s*"steps": (\d+))?')
SPELLED = {":".join(entry[:3]): name for name, entry in why3config.PROVERS.items()}


def limit(prover, steps=None):
    """The limit of a goal with this record, as a power of two."""
    size = (FACTOR * steps).bit_length() if steps else UNRECORDED.get(prover, USUAL)
    return min(max(size, why3config.SIZES[0]), why3config.SIZES[-1])


def entry(prover, steps=None):
    """The prover with its limit, as options and why3.conf name it."""
    return f"{prover}{limit(prover, steps)}"


def incomplete(goals):
    """Whether a file's record lacks something."""
    return not goals or any(steps is None for _, steps in goals.values())


def script(session, goal):
    """The file in which WP keeps how it proved a goal."""
    return session / "script" / f"{goal.removeprefix('typed_')}.json"


def read(here):
    """file -> goal -> (prover, steps or None)."""
    records = {}
    with open(here / FILE, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            steps = int(row["steps"]) if row["steps"] else None
            records.setdefault(row["file"], {})[row["goal"]] = (row["prover"], steps)
    return records


def write(here, records):
    """Record what read returns, and nothing else."""
    with open(here / FILE, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [HEAD, *((name, goal, prover, steps or "") for name, goals in sorted(records.items())
                     for goal, (prover, steps) in sorted(goals.items()))])


def seed(goals, session):
    """Put recorded provers in place of all scripts of a session."""
    directory = session / "script"
    directory.mkdir(parents=True, exist_ok=True)
    for path in directory.glob("*.json"):
        path.unlink()
    for goal, (prover, steps) in goals.items():
        name, version, alternative = why3config.PROVERS[prover][:3]
        script(session, goal).write_text(json.dumps([{
            "prover": f"{name}:{version}:{alternative}{limit(prover, steps)}", "verdict": "valid"}]))


def known(printed):
    """The prover that WP prints, by the name it has here: CVC5 1.0.3 (nofp17), Qed."""
    return SPELLED.get(re.sub(r" \(?", ":", printed).rstrip("0123456789)"), printed)


def proof(session, goal):
    """(prover, seconds, steps) by the script that WP wrote of a goal; None if nobody proved it in
    this run: a seed has no time."""
    path = script(session, goal)
    found = PROOF.search(path.read_text()) if path.exists() else None
    if not found or found[2] is None:
        return None
    return known(found[1]), float(found[2]), int(found[3] or 0)
