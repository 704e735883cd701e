"""The figures that `ist reproduce` drew, and the claims that it checked on each."""

import json

# The whole experiments if they were run, otherwise the quick ones that `make claims` runs.
FOLDERS = ("build/reproduce", "build/reproduce-quick")


def folder(root):
    """The directory of the figures, relative to root; None if there is none."""
    return next((name for name in FOLDERS if (root / name / "summary.json").exists()), None)


def summary(root):
    return json.loads((root / folder(root) / "summary.json").read_text())


def drawn(root):
    return {path.stem for path in (root / folder(root)).glob("*.svg")}


def checked(root):
    """The pairs (claim, figure): a row's id less its suffix, and the name before the colon."""
    return {(row["id"].split("-")[0], row["statement"].split(":")[0])
            for row in summary(root)["claims"]}
