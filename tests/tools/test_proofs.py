"""The record of provers orders them and nothing else: no goal is proved by being in it."""

import json
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "proofs" / "wp"))

import framac  # noqa: E402
import record  # noqa: E402
import why3config  # noqa: E402

STAGES = [("tip,cvc5l", 2)]
CODE = """
/*@ axiomatic Unknown { logic integer unknown(integer k); } */
/*@ terminates \\true; assigns \\nothing; exits \\false; ensures claim: %s; */
int zero(void) { return 0; }
"""


class Record(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        why3config.write(self.scratch)

    def prove(self, claim, **script):
        """What becomes of the claim with Z3 recorded for it, which is no prover of STAGES."""
        record.seed({"zero_ensures_claim": "Z3 4.8.12 (nofp)"}, self.scratch)
        if script:
            path = record.script(self.scratch, "typed_zero_ensures_claim")
            path.write_text(json.dumps([json.loads(path.read_text())[0] | script]))
        code = self.scratch / "zero.c"
        code.write_text(CODE % claim)
        report = framac.prove_functions(code, ["zero"], self.scratch, STAGES)
        self.assertIsNone(report.error)
        return report.goals["typed_zero_ensures_claim"].prover

    def test_a_recorded_goal_that_is_false_is_not_proved(self):
        self.assertIsNone(self.prove("unknown(\\result) == 1"))

    def test_nor_is_one_whose_script_says_when_it_was_proved(self):
        self.assertIsNone(self.prove("unknown(\\result) == 1", time=0.1))

    def test_a_true_goal_counts_for_the_prover_that_proves_it(self):
        increasing = "(\\forall integer k; unknown(k) < unknown(k + 1)) ==> "
        self.assertEqual(self.prove(increasing + "unknown(\\result) < unknown(2)"),
                         "CVC5 1.0.3 (linear)")

    def test_a_script_is_read_as_wp_writes_it(self):
        path = record.script(self.scratch, "typed_goal")
        path.parent.mkdir(parents=True)
        path.write_text('[ { "prover": "Z3:4.8.12:nofp", "verdict": "valid", "time": 1. } ]\n')
        self.assertEqual(record.proof(self.scratch, "typed_goal"), ("Z3 4.8.12 (nofp)", 1.0))


if __name__ == "__main__":
    unittest.main()
