"""The record of provers orders and limits them and nothing else: no goal is proved by being in it,
and limits are steps of the provers, so that a verdict does not depend on what else the machine
does."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "proofs" / "wp"), str(ROOT / "tests" / "tools")]

import framac  # noqa: E402
import record  # noqa: E402
import why3config  # noqa: E402
from test_trust import CHECK, CODE, WHOLE, Tree  # noqa: E402

STAGES = [["tip", "cvc5l17"]]
ZERO = """
/*@ axiomatic Unknown { logic integer unknown(integer k); } */
/*@ terminates \\true; assigns \\nothing; exits \\false; ensures claim: %s; */
int zero(void) { return 0; }
"""
INCREASING = "(\\forall integer k; unknown(k) < unknown(k + 1)) ==> unknown(\\result) < unknown(%d)"


class Record(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.session = self.scratch / "session" / "zero"
        why3config.write(self.scratch)

    def seed(self, claim, recorded):
        """The function zero, whose goal has this record."""
        record.seed({"zero_ensures_claim": recorded}, self.session)
        code = self.scratch / "zero.c"
        code.write_text(ZERO % claim)
        return code

    def prove(self, claim, **script):
        """The claim's goal with a record of it, of a prover that is not in STAGES."""
        code = self.seed(claim, ("z3", None))
        if script:
            path = record.script(self.session, "typed_zero_ensures_claim")
            path.write_text(json.dumps([json.loads(path.read_text())[0] | script]))
        report = framac.prove_functions(code, ["zero"], self.session, STAGES, parallel=1)
        self.assertIsNone(report.error)
        facts = [valid for fact, valid in report.facts.items() if fact.names == ("claim",)]
        goal = report.goals["typed_zero_ensures_claim"]
        self.assertEqual(facts, [goal.prover is not None])
        return goal

    def test_a_recorded_goal_that_is_false_is_not_proved(self):
        self.assertIsNone(self.prove("unknown(\\result) == 1").prover)

    def test_nor_is_one_whose_script_says_when_it_was_proved(self):
        self.assertIsNone(self.prove("unknown(\\result) == 1", time=0.1, steps=9).prover)

    def test_a_true_goal_counts_for_the_prover_that_proves_it(self):
        goal = self.prove(INCREASING % 2)
        self.assertEqual(goal.prover, "cvc5l")
        self.assertGreater(goal.steps, 1000)

    def test_a_goal_is_limited_to_a_multiple_of_its_recorded_steps(self):
        longer = INCREASING % 90
        steps = self.prove(longer).steps
        for recorded, prover in ((steps, "cvc5l"), (steps // 12, None)):
            code = self.seed(longer, ("cvc5l", recorded))
            stage = framac.staged(code, ["zero"], [["tip", record.entry("cvc5l", recorded)]])
            report = framac.run(stage, self.session, {"parallel": 1}, lambda fact: False)
            self.assertEqual(report.goals["typed_zero_ensures_claim"].prover, prover)

    def test_limits_are_powers_of_two_above_three_times_the_record(self):
        self.assertEqual([record.limit("cvc5m", steps) for steps in (1, 5000, 40000, 10**9)],
                         [13, 14, 17, 25])

    def test_a_script_is_read_as_wp_writes_it(self):
        path = record.script(self.session, "typed_goal")
        path.parent.mkdir(parents=True)
        path.write_text('[ { "prover": "Z3:4.8.12:nofp19", "verdict": "valid", "time": 1.,\n'
                        '    "steps": 35173 } ]\n')
        self.assertEqual(record.proof(self.session, "typed_goal"), ("z3", 1.0, 35173))


class Driver(Tree):
    def report(self):
        report = json.loads((self.root / "build/wp/verify.json").read_text())
        return [[row | {"seconds": 0} for row in unit["rows"]] for unit in report["units"]]

    def test_the_verdict_is_the_same_beside_a_busy_loop_on_every_core(self):
        verdicts = []
        for busy in (0, os.cpu_count()):
            loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"])
                     for _ in range(busy)]
            try:
                status, output = self.verify(CODE)
            finally:
                for loop in loops:
                    loop.kill()
                    loop.wait()
            self.assertEqual(status, 0, output)
            verdicts.append(self.report())
        self.assertEqual(*verdicts)

    def test_another_version_of_a_tool_is_refused_in_a_line(self):
        tools = self.root / "tools"
        tools.mkdir()
        (tools / "cvc5").write_text("#!/bin/sh\necho This is cvc5 version 1.1.0\n")
        (tools / "cvc5").chmod(0o755)
        done = subprocess.run(["proofs/wp/verify"], cwd=self.root, capture_output=True, text=True,
                              env=dict(os.environ, PATH=f"{tools}:{os.environ['PATH']}"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("problem: cvc5: This is cvc5 version 1.0.3 is wanted, here is This is cvc5 version "
                      "1.1.0\n", done.stdout)

    def unproved(self, goal, file=CODE):
        status, output = self.verify(file)
        self.assertEqual(status, 1)
        self.assertIn(f"problem: {file}: {goal} is not proved\n", output)

    def test_a_wrong_function_is_not_proved(self):
        self.replace(CODE, CHECK, "")
        self.unproved("typed_ist_bounded_assert_entry")

    def test_a_false_lemma_in_a_line_of_the_code_is_not_proved(self):
        self.replace(CODE, CHECK, "")
        self.replace(CODE, "bool ist_bounded", "//@ lemma falsity: \\false;\nbool ist_bounded")
        self.unproved("typed_lemma_falsity")

    def test_replay_recalls_what_was_proved_and_proves_what_has_changed(self):
        said = "recalled where nothing has changed, and so no verification"
        self.assertEqual(self.verify(CODE)[0], 0)
        status, output = self.verify("--replay", CODE)
        self.assertEqual(status, 0, output)
        self.assertIn(said, output.splitlines()[-1])
        self.assertFalse(json.loads((self.root / "build/wp/verify.json").read_text())["complete"])
        self.replace(CODE, "-bound <= v[j]", "-bound < v[j]")
        status, output = self.verify("--replay", CODE)
        self.assertEqual(status, 1, output)
        self.assertIn("problem: src/kernel/range.c: typed_ist_bounded_ensures_exact", output)

    def test_static_functions_of_one_name_are_each_proved(self):
        for file, value in (("one", 1), ("two", 2)):
            self.header(f"src/kernel/{file}.h", f"{WHOLE}int ist_{file}(void);\n")
            self.write(f"src/kernel/{file}.c", f'#include "{file}.h"\n\n{WHOLE}static int same(void)\n'
                                               f"{{\n  return {value};\n}}\n\nint ist_{file}(void)\n"
                                               "{\n  return same();\n}\n")
        self.unproved("typed_same_ensures_exact", "src/kernel/two.c")


if __name__ == "__main__":
    unittest.main()
