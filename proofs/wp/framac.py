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
import tools
import why3config

# How the sources are read, for proofs and for the rules on what may be assumed alike; the standard
# is the compiler's, in which three characters can stand for another (trigraphs).
READING = ["-c11", "-machdep", "x86_64", "-cpp-extra-args=-std=c11"]
OPTIONS = [*READING, "-wp", "-wp-rte", "-warn-special-float", "non-finite", *tools.TERMINATION,
           *tools.SPLITTING, *tools.SCRIPTS, *tools.SIMPLIFICATIONS]

# Seconds of a prover's own time after which it is stopped: far more than its steps take.
BACKSTOP = 200
ALL = [record.entry(prover) for prover in why3config.PROVERS]
# Every lemma is a hypothesis there, and a step takes that much longer.
CONTRADICTION_STAGES = [[f"{prover}{13 if prover == 'z3' else 18}" for prover in why3config.PROVERS]]
SMOKE = ["cvc5m17"]  # for each smoke test, about a second
SMOKE_BACKSTOP = 30

# What Frama-C says of a proved property; other functions' contracts are proved elsewhere.
VALID = ("valid", "valid_under_hyp")

RESULT = re.compile(r"^\[wp\] \[(?P<by>[^\]]+)\] (?P<kind>Goal|Smoke-test) (?P<name>\S+)(?P<rest>.*)$")
TIME = re.compile(r"\((?:cached; )?(?:(\d+)')?([\d.]+)(ms|s)\)")
STEPS = re.compile(r"\((\d+)\)$")
TOTAL = re.compile(r"^\[wp\] Proved goals:\s+(\d+) / (\d+)")
PROGRESS = re.compile(r"^\[(?:kernel|wp|rte)(?::[\w:-]+)?\] (?:Parsing|Running|Computing|Report|annotating|"
                      r"Loading|\d+ goals? (?:scheduled|generated)|Proved goals|"
                      r"Updated session|No updated script|Warning: No goal generated|"
                      r"\[Cache\] (?:found:|missed:|updated:|not used))"
                      r"|^\[server\] (?:Script|\[GET\]|Output)")


@dataclasses.dataclass
class Goal:
    """One proof obligation: who proved it (None: nobody), in how many seconds and steps."""

    name: str
    prover: str | None
    seconds: float
    steps: int = 0


@dataclasses.dataclass
class Report:
    """Everything WP said about one translation unit."""

    goals: dict
    smoke: dict  # name of a smoke test -> whether it passed
    warnings: list
    error: str | None
    facts: dict = dataclasses.field(default_factory=dict)  # property -> whether Frama-C calls it valid

    def add(self, other):
        """Take in what was said of other functions or lemmas of the same unit, or of the same
        again."""
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


def proved(result, session):
    """The goal of a line of WP's output, proved as the line or the script that WP wrote says."""
    name = result["name"]
    if ": Valid" not in result["rest"]:
        return Goal(name, None, seconds(result["rest"]))
    if result["by"] == "Script":
        return Goal(name, *(record.proof(session, name) or (None, 0.0)))
    return Goal(name, record.known(result["by"]), seconds(result["rest"]),
                int((STEPS.search(result["rest"]) or ["", 0])[1]))


def read(output, session):
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
            goal = proved(result, session)
            if goal.prover or name not in report.goals:
                report.goals[name] = goal
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


def launch(arguments, session, parallel, cache=("none", "."), environment=(), **options):
    """Start Frama-C, its output as text in a pipe; session: the folder of scripts; the folder above
    that of all sessions holds why3.conf. cache: WP's mode and folder. environment: what to add."""
    command = ["frama-c", *OPTIONS, "-wp-par", str(parallel), "-wp-session", str(session),
               "-wp-cache", cache[0], "-wp-cache-dir", str(cache[1]), *arguments]
    configuration = (session.parent.parent / "why3.conf").resolve()
    environment = {**os.environ, **dict(environment), "WHY3CONFIG": str(configuration)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, **options)


def run(arguments, session, settings, concerns):
    """Run Frama-C to its end; concerns: whether a property is one that the run is to prove."""
    with tempfile.TemporaryDirectory() as place:
        query = pathlib.Path(place) / "query.json"
        query.write_text(json.dumps(properties.QUERY))
        process = launch([*arguments, "-then", "-server-batch", str(query)], session,
                         stderr=subprocess.PIPE, **settings)
        output, errors = process.communicate()
        report = read(output, session)
        answer = query.with_suffix(".out.json")
        if process.returncode != 0 or "User Error" in output or not answer.exists():
            report.error = (output + errors)[-2000:]
        else:
            report.facts = {fact._replace(status=""): fact.status in VALID
                            for fact in properties.read(json.loads(answer.read_text()))
                            if concerns(fact)}
    return report


def staged(path, names, stages):
    """The arguments that prove functions stage by stage, each a list of provers."""
    arguments, before = [str(path)], []
    for after in stages:
        arguments += ["-then", "-wp"] if before else []
        arguments += [f"-wp-prover={change(before, after) if before else ','.join(after)}",
                      "-wp-timeout", str(BACKSTOP), "-wp-fct", ",".join(names)]
        before = after
    return arguments


def stages_for(usual, goals):
    """The provers of each stage, to prove goals with these records. A goal meets its own first, one
    without a record all of them and the usual one at once, limited as the hardest of the others.
    What is left gets every prover."""
    hardest = max((steps or 0 for _, steps in goals), default=None)
    # "tip" makes WP play and write scripts.
    return [["tip", *sorted({record.entry(usual, hardest),
                             *(record.entry(*goal) for goal in goals)})], ["tip", *ALL]]


def prove_functions(path, names, session, stages, **settings):
    """Prove the contracts of functions of a translation unit (an absolute path: Frama-C resolves
    others against $PWD), with their smoke tests. Functions that the first stage left something of
    meet all stages in another run of Frama-C, which keeps in mind what earlier stages proved: a
    stage takes long to generate its obligations, and most functions need but one."""
    def concerns(fact):
        return (fact.function in names and not fact.kind.startswith("prop_wp_smoke")
                and (fact.statement is not None or fact.kind not in ("requires", "behavior")))

    report = run([*staged(path, names, [stages[0], SMOKE]), "-wp-smoke-tests",
                  "-wp-smoke-timeout", str(SMOKE_BACKSTOP)], session, settings, concerns)
    left = [name for name in names
            if any(goal.name.startswith(f"typed_{name}_") for goal in report.unproved())]
    if left and not report.error:
        report.add(run(staged(path, left, stages), session, settings, concerns))
    return report


def prove_lemmas(path, names, session, stages, **settings):
    """Prove lemmas of a translation unit. Each stage is a run of its own on what is left: within
    one run, WP would try again every lemma that another unproved one precedes."""
    whole = Report({}, {}, [], None)
    left = names
    for provers in stages:
        report = run([str(path), "-wp-no-smoke-tests", f"-wp-prover={','.join(provers)}",
                      "-wp-timeout", str(BACKSTOP), f"-wp-prop={','.join(left)}"], session, settings,
                     lambda fact: fact.kind == "lemma" and fact.names[-1] in names)
        whole.add(report)
        left = [name for name in left
                if any(re.fullmatch(rf"typed_lemma_{name}(_part\d+)?", goal.name)
                       for goal in whole.unproved())]
        if not left:
            break
    return whole


# The prover for goals without a record.
USUAL = {prove_functions: "cvc5m", prove_lemmas: "cvc5n"}
