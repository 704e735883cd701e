"""The last report of `make verify`: whether it counts, and what it proved."""

import json
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "proofs/wp"))

import fingerprint

REPORT = "build/wp/verify.json"


def load(root):
    """(report, None), or (None, why there is none that counts)."""
    path = root / REPORT
    if not path.exists():
        return None, "make verify has not been run here"
    report = json.loads(path.read_text())
    if not report["complete"]:
        return None, "the last make verify was of one file only"
    then, now = report.get("fingerprint", {}), fingerprint.take(root)
    changed = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
    if changed:
        return None, f"{changed[0]} has changed since make verify"
    return report, None


def unproved(report, functions, lemmas):
    """Problems: functions, and lemmas (name -> header), whose goals are absent or not proved."""
    rows = {(unit["file"], row["name"]): row for unit in report["units"] for row in unit["rows"]}
    by_function = {name: row for (_, name), row in rows.items()}
    subjects = [(f"the contract of {name}", by_function.get(name)) for name in sorted(functions)]
    subjects += [(f"{name} in {header}", rows.get((header, "lemmas")))
                 for name, header in sorted(lemmas.items())]
    return report["problems"] + [problem for subject in subjects if (problem := short(*subject))]


def short(subject, row):
    """What is missing in a row of goals, or None."""
    if row is None or row["goals"] == 0:
        return f"{subject} has no goal in {REPORT}"
    left = row["goals"] - row["proved"]
    return f"{subject}: {left} goals are not proved" if left else None
