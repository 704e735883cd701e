"""The figures of `ist reproduce`, their captions, and what was checked on them."""

import re
from pathlib import Path

import figures

from . import latex
from .source import Missing


def caption(script):
    """The text that the figure's gnuplot script prints under it."""
    found = re.search(r'set label 1 "(.*)" at screen', script.read_text(encoding="utf-8"))
    if found is None:
        raise Missing(f"{script.name} has no caption")
    return latex.prose(found[1].replace("\\n", " "))


def add(root, out, values, tables):
    del out, tables
    folder = figures.folder(root)
    if folder is None:
        raise Missing("ist reproduce has not been run here; run make reproduce first")
    summary = figures.summary(root)
    broken = [row["id"] for row in summary["claims"] if row["verdict"] == "violated"]
    if broken:
        raise Missing(f"ist reproduce found {', '.join(broken)} violated")
    values["figures"] = f"../{Path(folder).name}/"
    values["figures.size"] = "smaller sizes" if summary["quick"] else "the published sizes"
    values["figures.checks"] = str(len(summary["claims"]))
    values["figures.runs"] = str(summary["runs"])
    for script in sorted((root / folder).glob("*.gp")):
        values[f"caption.{script.stem}"] = caption(script)
