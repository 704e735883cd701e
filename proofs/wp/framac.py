"""Running Frama-C's WP on one translation unit and reading what it says."""

import dataclasses
import json
import os
import pathlib
import re
import subprocess
import tempfile

import properties
import record

# How the sources are read, for proofs and for the rules on what may be assumed alike; the standard is
# the compiler's, in which three characters can stand for another (trigraphs).
READING = ["-c11", "-machdep", "x86_64", "-cpp-extra-args=-std=c11"]
OPTIONS = [*READING, "-wp", "-wp-rte", "-warn-special-float", "non-finite",
           "-wp-frama-c-stdlib-terminate", "-wp-split", "-wp-cache", "none",
           "-wp-time-margin", "1000",  # write a script for every goal, however fast its proof
           # Simplifications that take Frama-C longer than they save the provers.
           "-wp-no-ground", "-wp-no-filter-init", "-wp-no-pruning", "-wp-no-parasite"]

PROVERS = {"CVC5 1.0.3 (minimal)": "cvc5m", "CVC5 1.0.3 (linear)": "cvc5l",
           "CVC5 1.0.3 (delayed)": "cvc5d", "CVC5 1.0.3 (induction)": "cvc5i",
           "CVC5 1.0.3 (nofp)": "cvc5", "Z3 4.8.12 (nofp)": "z3"}  # their names in options
ALL = ",".join(PROVERS.values())
CONTRADICTION_STAGES = [(ALL, 10)]
SMOKE_STAGE = ("cvc5m", 1)  # this many seconds for each smoke test

# What Frama-C says of a proved property; other functions' contracts are proved elsewhere.
VALID = ("valid", "valid_under_hyp")

RESULT = re.compile(r"^\[wp\] \[(?P<by>[^\]]+)\] (?P<kind>Goal|Smoke-test) (?P<name>\S+)(?P<rest>.*)$")
TIME = re.compile(r"\((?:cached; )?(?:(\d+)')?([\d.]+)(ms|s)\)")
TOTAL = re.compile(r"^\[wp\] Proved goals:\s+(\d+) / (\d+)")
PROGRESS = re.compile(r"^\[(?:kernel|wp|rte)(?::[\w:-]+)?\] (?:Parsing|Running|Computing|Report|annotating|"
                      r"Loading|\d+ goals? (?:scheduled|generated)|Proved goals|"
                      r"Updated session|No updated script|Warning: No goal generated)"
                      r"|^\[server\] (?:Script|\[GET\]|Output)")


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
    facts: dict = dataclasses.field(default_factory=dict)  # property -> whether Frama-C calls it valid

    def add(self, other):
        """Take in what was said of other functions or lemmas of the same unit, or of the same again."""
        self.goals.update((name, goal) for name, goal in other.goals.items()
                          if goal.prover or name not in self.goals)
        self.smoke.update(other.smoke)
        self.warnings += [line for line in other.warnings if line not in self.warnings]
        self.error = self.error or other.error
        for fact, valid in other.facts.items():
            self.facts[fact] = valid or self.facts.get(fact, False)

    def unproved(self):
        return [goal for goal in self.goals.values() if goal.prover is None]


def seconds(text):
    """The prover's time in a result such as `Valid (Qed:14ms) (1.7s)`."""
    total = 0.0
    for minutes, value, unit in TIME.findall(text):
        total = 60.0 * float(minutes or 0) + float(value) * (0.001 if unit == "ms" else 1.0)
    return total


def prover(result, scratch):
    """Who proved a goal, and in how many seconds, by WP's output or by the script it wrote."""
    if ": Valid" not in result["rest"]:
        return None, seconds(result["rest"])
    if result["by"] == "Script":
        return record.proof(scratch, result["name"]) or (None, 0.0)
    return result["by"], seconds(result["rest"])


def read(output, scratch):
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
            by, time = prover(result, scratch)
            if by or name not in report.goals:
                report.goals[name] = Goal(name, by, time)
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


def change(before, after):
    """The option that changes Frama-C's list of provers, which a second -wp inherits."""
    return ",".join([f"-{prover}" for prover in before if prover not in after]
                    + [f"+{prover}" for prover in after if prover not in before])


def launch(arguments, scratch, parallel, **options):
    """Start Frama-C, its output as text in a pipe; scratch holds why3.conf."""
    command = ["frama-c", *OPTIONS, "-wp-par", str(parallel),
               "-wp-session", str(scratch / "session"), *arguments]
    environment = dict(os.environ, WHY3CONFIG=str((scratch / "why3.conf").resolve()))
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, **options)


def run(arguments, scratch, parallel, concerns):
    """Run Frama-C to its end; concerns: whether a property is one that the run is to prove."""
    with tempfile.TemporaryDirectory() as place:
        query = pathlib.Path(place) / "query.json"
        query.write_text(json.dumps(properties.QUERY))
        process = launch([*arguments, "-then", "-server-batch", str(query)], scratch, parallel,
                         stderr=subprocess.PIPE)
        output, errors = process.communicate()
        report = read(output, scratch)
        answer = query.with_suffix(".out.json")
        if process.returncode != 0 or "User Error" in output or not answer.exists():
            report.error = (output + errors)[-2000:]
        else:
            report.facts = {fact._replace(status=""): fact.status in VALID
                            for fact in properties.read(json.loads(answer.read_text()))
                            if concerns(fact)}
    return report


def staged(path, names, stages):
    """The arguments that prove functions stage by stage."""
    arguments, before = [str(path)], []
    for provers, timeout in stages:
        after = provers.split(",")
        arguments += ["-then", "-wp"] if before else []
        arguments += [f"-wp-prover={change(before, after)}" if before else f"-wp-prover={provers}",
                      "-wp-timeout", str(timeout), "-wp-fct", ",".join(names)]
        before = after
    return arguments


def stages_for(usual, recorded):
    """The provers and seconds of each stage, to prove goals with these recorded provers. A goal meets
    its own alone, one without a record all of them and the usual one at once. What is left gets
    every prover."""
    # "tip" makes WP play and write scripts.
    return [(",".join(["tip", *(PROVERS[name] for name in sorted({usual, *recorded}))]), 40),
            (ALL, 40)]


def prove_functions(path, names, scratch, stages, parallel=1):
    """Prove the contracts of functions of a translation unit (an absolute path: Frama-C resolves
    others against $PWD), with their smoke tests. Functions that the first stage left something of
    meet all stages in another run of Frama-C, which keeps in mind what earlier stages proved: a
    stage takes long to generate its obligations, and most functions need but one."""
    def concerns(fact):
        return (fact.function in names and not fact.kind.startswith("prop_wp_smoke")
                and (fact.statement is not None or fact.kind not in ("requires", "behavior")))

    report = run([*staged(path, names, [stages[0], SMOKE_STAGE]), "-wp-smoke-tests",
                  "-wp-smoke-timeout", str(SMOKE_STAGE[1])], scratch, parallel, concerns)
    left = [name for name in names
            if any(goal.name.startswith(f"typed_{name}_") for goal in report.unproved())]
    if left and not report.error:
        report.add(run(staged(path, left, stages), scratch, parallel, concerns))
    return report


def prove_lemmas(path, names, scratch, stages, parallel=1):
    """Prove lemmas of a translation unit. Each stage is a run of its own on what is left: within one
    run, WP would try again every lemma that another unproved one precedes."""
    whole = Report({}, {}, [], None)
    left = names
    for provers, timeout in stages:
        report = run([str(path), "-wp-no-smoke-tests", f"-wp-prover={provers}", "-wp-timeout",
                      str(timeout), f"-wp-prop={','.join(left)}"], scratch, parallel,
                     lambda fact: fact.kind == "lemma" and fact.names[-1] in names)
        whole.add(report)
        left = [name for name in left
                if any(re.fullmatch(rf"typed_lemma_{name}(_part\d+)?", goal.name)
                       for goal in whole.unproved())]
        if not left:
            break
    return whole


# The prover for goals without a record.
USUAL = {prove_functions: "CVC5 1.0.3 (minimal)", prove_lemmas: "CVC5 1.0.3 (nofp)"}
