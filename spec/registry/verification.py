"""The last report of `make verify`: whether it counts, and what it proved."""

import json

REPORT = "build/wp/verify.json"


def load(root):
    """(report, None), or (None, why there is none that counts)."""
    path = root / REPORT
    if not path.exists():
        return None, "make verify has not been run here"
    report = json.loads(path.read_text())
    if not report["complete"]:
        return None, "the last make verify was of one file only"
    sources = [*(root / "spec").glob("*.h"), *(root / "src/kernel").glob("*.[ch]"),
               *(root / "proofs/wp").glob("*.h")]
    newer = sorted(str(source.relative_to(root)) for source in sources
                   if source.stat().st_mtime > path.stat().st_mtime)
    if newer:
        return None, f"{newer[0]} has changed since make verify"
    return report, None


def unproved(report, functions, lemmas):
    """Problems: functions, and lemmas (name -> header), whose goals are absent or not proved."""
    rows = {(unit["file"], row["name"]): row for unit in report["units"] for row in unit["rows"]}
    by_function = {name: row for (_, name), row in rows.items()}
    yield from report["problems"]
    for name in sorted(functions):
        yield from short(f"the contract of {name}", by_function.get(name))
    for name, header in sorted(lemmas.items()):
        yield from short(f"{name} in {header}", rows.get((header, "lemmas")))


def short(subject, row):
    if row is None or row["goals"] == 0:
        yield f"{subject} has no goal in {REPORT}"
    elif row["proved"] < row["goals"]:
        yield f"{subject}: {row['goals'] - row['proved']} goals are not proved"
