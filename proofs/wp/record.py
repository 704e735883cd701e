"""The record of which prover proves which goal, kept in provers.csv and handed to WP as its scripts.

WP tries a goal's recorded prover first, so that no goal waits for provers that fail on it. A record
only orders the provers: whatever it says, a goal counts as proved only when a prover proves it.
"""

import csv
import json
import re

FILE = "provers.csv"
# In a script that WP wrote; its numbers are OCaml's ("1."), which a JSON parser refuses.
PROOF = re.compile(r'"prover": "([^"]+)", "verdict": "valid", "time": ([\d.]+)')


def script(scratch, goal):
    """The file in which WP keeps how it proved a goal."""
    return scratch / "session" / "script" / f"{goal.removeprefix('typed_')}.json"


def spelled(prover):
    """The prover's name in scripts: "CVC5 1.0.3 (nofp)" is CVC5:1.0.3:nofp there."""
    return prover.replace(" (", ":").replace(" ", ":").rstrip(")")


def printed(prover):
    """The prover's name in WP's output, from that in a script."""
    name, version, alternative = prover.split(":")
    return f"{name} {version} ({alternative})"


def read(here):
    """The recorded provers, by goal."""
    with open(here / FILE, newline="", encoding="utf-8") as file:
        return {row["goal"]: row["prover"] for row in csv.DictReader(file)}


def seed(provers, scratch):
    """Put the recorded provers, by goal, in place of all scripts."""
    directory = script(scratch, "").parent
    directory.mkdir(parents=True, exist_ok=True)
    for path in directory.glob("*.json"):
        path.unlink()
    for goal, prover in provers.items():
        script(scratch, goal).write_text(
            json.dumps([{"prover": spelled(prover), "verdict": "valid"}]))


def proof(scratch, goal):
    """Who proved a goal that WP played a script for, and in how many seconds; None if nobody did in
    this run: a seed has no time."""
    path = script(scratch, goal)
    found = PROOF.search(path.read_text()) if path.exists() else None
    return (printed(found[1]), float(found[2])) if found else None


def write(here, provers):
    """Record the provers, by goal, and nothing else."""
    with open(here / FILE, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([("goal", "prover"), *sorted(provers.items())])
