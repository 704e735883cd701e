"""Trying to prove a function that has been changed: which goal its prover refuses first.

Each goal meets the prover that its record names, within the limit of that record, and no other; a
goal without a record, one that the unchanged function leaves to WP's own simplifier, meets the
usual prover. What provers said of a goal is kept by its text (WP's cache), so that goals which a
change leaves alone are not proved again; and a result by all that it follows from.
"""

import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

import framac
import preprocessor
import record
import why3config

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "proofs" / "wp"
KERNEL = ROOT / "src" / "kernel"
SCRATCH = ROOT / "build" / "mutants"
CACHE = ROOT / "build" / "wp" / "cache"

USUAL = framac.USUAL[framac.prove_functions] + "18"  # of goals without a record: seconds
NEAR = 3  # annotations on either side of a change whose goals are tried before all others
LABEL = re.compile(r"(?:assert|invariant|variant) (\w+):")

# What WP says of a goal's way with -wp-msg-key prover.
BEGUN = re.compile(r"\[wp\] \[Qed\] Goal (?P<goal>\S+) preprocessing")
RUN = re.compile(r"\[wp:prover\] Why3 run prover (?P<prover>.*) with timeout")
ANSWER = re.compile(r"\s*Why3 result for (?P<prover>.*?): (?P<verdict>\w+)")


class Impossible(Exception):
    """A mutant could not be tried."""


def prepare():
    """Make the folders and Why3's configuration for trials."""
    for folder in (SCRATCH / "results", SCRATCH / "trials", CACHE):
        folder.mkdir(parents=True, exist_ok=True)
    why3config.write(SCRATCH)


def unit(file):
    """The source file to verify for a file: itself, or the first one that includes a header."""
    return KERNEL / file if file.endswith(".c") else next(
        path for path in sorted(KERNEL.glob("*.c")) if KERNEL / file in preprocessor.reached(path))


def records(source, function):
    """The records of a function's goals."""
    goals = record.read(HERE).get(str(source.relative_to(ROOT)), {})
    return {goal: entry for goal, entry in goals.items() if goal.startswith(f"{function}_")}


def change(root, file, text):
    """Copy the kernel and its specification, with one file changed."""
    for part in ("spec", "src/kernel"):
        shutil.copytree(ROOT / part, root / part)
    (root / "src" / "kernel" / file).write_text(text)


def key(source, function, file, text):
    """What a result follows from: the sources as they are read, the driver, the records."""
    sources = [path for path in sorted(preprocessor.reached(source)) if path != KERNEL / file]
    parts = [str(source), function, text, *(path.read_text() for path in sources),
             *((HERE / name).read_text() for name in ("framac.py", "record.py", "tools.py",
                                                      "trial.py", "why3config.py")),
             repr(sorted(records(source, function).items()))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def refusal(lines, owners):
    """(the first goal refused or None, how many were tried), from WP's output while it comes;
    owners: goal -> its prover as WP prints it. WP gives a goal to its own prover first, and begins
    the next when it is done with the goal."""
    goal, tried = None, 0
    for line in lines:
        begun, run, answer, result = (form.match(line) for form in (
            BEGUN, RUN, ANSWER, framac.RESULT))
        if begun:
            goal, tried = begun["goal"].removeprefix("typed_"), tried + 1
        elif (run and run["prover"] != owners(goal) or answer and answer["verdict"] != "Valid"
              or result and ": Valid" not in result["rest"]):
            return goal, tried
    return None, tried


def printed(entry):
    """A prover with its limit, as WP prints it."""
    prover, size = re.fullmatch(r"(\w+?)(\d\d)", entry).groups()
    name, version, alternative = why3config.PROVERS[prover][:3]
    return f"{name} {version} ({alternative}{size})"


def first_refused(root, source, function, labels):
    """The first goal of a function in a copy of the tree that is refused, or None: of the
    annotations with the labels, or of all if there are none. Frama-C is stopped there."""
    goals = {goal: record.entry(*entry) for goal, entry in records(source, function).items()}
    record.seed(records(source, function), root)
    stage = ["tip", USUAL, *sorted({*goals.values()} - {USUAL})]
    command = [*framac.staged(root / source.relative_to(ROOT), [function], [stage]),
               "-wp-msg-key", "prover", *(["-wp-prop", ",".join(labels)] if labels else [])]
    with tempfile.TemporaryDirectory() as place:
        process = framac.launch(command, root, 1, ("update", CACHE), {"TMPDIR": place},
                                stderr=subprocess.STDOUT, start_new_session=True)
        output = []
        try:
            refused, tried = refusal((output.append(line) or line for line in process.stdout),
                                     lambda goal: printed(goals.get(goal, USUAL)))
            if not refused and (process.wait() != 0 or tried == 0 and not labels):
                raise Impossible(f"{source.name}: {function}: " + "".join(output)[-2000:])
            return refused
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def near(text, start, at, end):
    """The labels of the annotations next to a place in a function's code."""
    labels = [(label.start(), label[1]) for label in LABEL.finditer(text, start, end)]
    return dict.fromkeys([label for place, label in labels if place > at][:NEAR]
                         + [label for place, label in labels if place < at][-NEAR:])


def result(source, function, file, text, labels=()):
    """(the first goal refused or None, seconds) of a function with a file changed, from a result
    that was kept if there is one."""
    kept = SCRATCH / "results" / f"{key(source, function, file, text)}.json"
    if not kept.exists():
        start = time.monotonic()
        with tempfile.TemporaryDirectory(dir=SCRATCH / "trials") as place:
            root = pathlib.Path(place)
            change(root, file, text)
            refused = (labels and first_refused(root, source, function, labels)
                       or first_refused(root, source, function, ()))
            part = root / "result.json"
            part.write_text(json.dumps([refused, round(time.monotonic() - start, 1)]))
            part.rename(kept)
    return json.loads(kept.read_text())
