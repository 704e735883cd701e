"""Running Frama-C's WP on one translation unit and reading what it says."""

import dataclasses
import os
import re
import subprocess

OPTIONS = ["-c11", "-machdep", "x86_64", "-wp", "-wp-rte", "-warn-special-float", "non-finite",
           "-wp-frama-c-stdlib-terminate", "-wp-split", "-wp-cache", "none"]

# Nearly every goal of a function falls to CVC5 at once, nearly every lemma to CVC5 with induction;
# what is left gets the other provers, then all and more time. A stage changes the provers of the one
# before it.
STAGES = [("cvc5l", 3), ("-cvc5l,+cvc5i", 3), ("-cvc5i,+cvc5", 5), ("-cvc5,+z3", 5),
          ("+cvc5l,+cvc5i,+cvc5", 40)]
LEMMA_STAGES = [("cvc5i", 3), ("-cvc5i,+z3", 5), ("-z3,+cvc5", 5), ("+cvc5i,+z3,+cvc5l", 40)]
SMOKE_TIMEOUT = 1

RESULT = re.compile(r"^\[wp\] \[(?P<by>[^\]]+)\] (?P<kind>Goal|Smoke-test) (?P<name>\S+)(?P<rest>.*)$")
TIME = re.compile(r"\((?:cached; )?(?:(\d+)')?([\d.]+)(ms|s)\)")
TOTAL = re.compile(r"^\[wp\] Proved goals:\s+(\d+) / (\d+)")
PROGRESS = re.compile(r"^\[(?:kernel|wp|rte)(?::[\w:-]+)?\] (?:Parsing|Running|Computing|Report|annotating|"
                      r"Loading|\d+ goals? (?:scheduled|generated)|Proved goals|"
                      r"Warning: No goal generated)")


@dataclasses.dataclass
class Goal:
    """One proof obligation: who proved it (None: nobody) and in how many seconds."""

    name: str
    prover: str | None
    seconds: float


@dataclasses.dataclass
class Report:
    """Everything WP said about one translation unit."""

    goals: dict
    smoke: dict  # name of a smoke test -> whether it passed
    warnings: list
    error: str | None

    def unproved(self):
        return [goal for goal in self.goals.values() if goal.prover is None]


def seconds(text):
    """The prover's time in a result such as `Valid (Qed:14ms) (1.7s)`."""
    total = 0.0
    for minutes, value, unit in TIME.findall(text):
        total = 60.0 * float(minutes or 0) + float(value) * (0.001 if unit == "ms" else 1.0)
    return total


def read(output):
    """Read WP's output: a goal is proved if any stage proved it."""
    report = Report({}, {}, [], None)
    stage = set()  # goals of the current stage, to compare with WP's own count
    warning = None
    for line in output.splitlines():
        result = RESULT.match(line)
        total = TOTAL.match(line)
        if result or total or line.startswith("["):
            warning = None
        if result and result["kind"] == "Smoke-test":
            report.smoke[result["name"]] = result["by"] == "Passed"
            stage.add(result["name"])
        elif result:
            name = result["name"]
            stage.add(name)
            proved = ": Valid" in result["rest"]
            if proved or name not in report.goals:
                report.goals[name] = Goal(name, result["by"] if proved else None,
                                          seconds(result["rest"]))
        elif total:
            if int(total[2]) != len(stage):
                report.error = f"WP counts {total[2]} goals, its output has {len(stage)}"
            stage = set()
        elif line.startswith("[wp] Running WP plugin"):
            stage = set()
        elif line.startswith("[") and not PROGRESS.match(line):
            warning = [line]
            report.warnings.append(warning)
        elif warning is not None:
            warning.append(line.strip())
    report.warnings = [" ".join(lines) for lines in report.warnings]
    return report


def prove(path, selection, scratch, stages, smoke=False, parallel=1):
    """Prove what `selection` (WP options) selects of a translation unit (an absolute path: Frama-C
    resolves others against $PWD), stage by stage; scratch holds why3.conf.

    Each stage takes up what the ones before it left; smoke tests belong to the first. Returns a
    Report."""
    arguments = []
    for provers, timeout in stages:
        first = not arguments
        arguments += [str(path)] if first else ["-then", "-wp"]
        arguments += ["-wp-smoke-tests" if smoke and first else "-wp-no-smoke-tests"]
        arguments += [f"-wp-prover={provers}", "-wp-timeout", str(timeout), *selection]
    command = ["frama-c", *OPTIONS, "-wp-smoke-timeout", str(SMOKE_TIMEOUT), "-wp-par", str(parallel),
               "-wp-session", str(scratch / "session"), *arguments]
    environment = dict(os.environ, WHY3CONFIG=str((scratch / "why3.conf").resolve()))
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    report = read(run.stdout)
    if run.returncode != 0 or "User Error" in run.stdout:
        report.error = (run.stdout + run.stderr)[-2000:]
    return report
