"""Mutants: a run that was stopped goes on; a weak contract, or an idle clause, lets some survive."""

import os
import signal
import subprocess
import time
import unittest

from test_trust import CODE, CONTRACT, HEADER, Tree

MUTANTS = ["proofs/wp/mutants", "range.c", "3/3"]  # those of ist_bounded


class Mutants(Tree):
    def mutants(self, command=MUTANTS):
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def results(self):
        return {path: path.stat().st_mtime_ns
                for path in (self.root / "build/mutants/results").glob("*.json")}

    def test_a_run_that_was_killed_goes_on(self):
        first = subprocess.Popen(MUTANTS, cwd=self.root, stdout=subprocess.DEVNULL,
                                 start_new_session=True)
        while first.poll() is None and len(self.results()) < 2:
            time.sleep(0.1)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        kept = self.results()
        self.assertGreaterEqual(len(kept), 2)
        status, output = self.mutants()
        self.assertEqual(status, 0, output)
        self.assertRegex(output, r"(?m)^(\d+) of \1 mutants killed of range.c 3/3 alone$")
        self.assertLess(kept.items(), self.results().items())

    def test_a_mutant_that_keeps_a_weak_contract_survives(self):
        self.replace(HEADER, CONTRACT, CONTRACT.replace("<==>", "==>"))
        status, output = self.mutants()
        self.assertEqual(status, 1, output)
        self.assertIn("not killed: range.c: ist_bounded: by hand: -bound <= v[j] -> "
                      "-bound < v[j]\n", output)

    def test_what_is_dropped_from_an_annotation_is_noticed_or_named(self):
        self.replace(CODE, "loop invariant bounded{Pre}(v, j, bound);",
                     "loop invariant bounded{Pre}(v, j, bound);\n"
                     "      loop invariant idle: d <= d;")
        status, output = self.mutants(["proofs/wp/mutants", "--contracts", "range.c", "2/3"])
        self.assertEqual(status, 1, output)
        self.assertIn("not killed: range.c: ist_bounded: invariant dropped: loop invariant idle: "
                      "d <= d; -> (nothing)\n", output)
        self.assertRegex(output, r"ist_bounded: invariant dropped: loop invariant bounded\{Pre\}"
                                 r"\(v, j, bound\); -> \(nothing\): killed by ist_bounded_")

    def test_a_contract_that_no_proof_and_no_claim_names_is_not_noticed(self):
        (self.root / "spec/claims").mkdir()
        self.write("spec/claims/claims.csv", "id,c,acsl\nR3,ist_bounded,ist_bounded:exact")
        (self.root / "tests/unit").mkdir(parents=True)
        self.write("tests/unit/test_error_clauses.c", "")
        status, output = self.mutants(["proofs/wp/mutants", "--contracts", "range.h"])
        self.assertEqual(status, 1, output)
        self.assertRegex(output, r"ist_bounded: contract dropped: .*: killed by claim R3, 0 s\n")
        self.assertRegex(output, r"not killed: range.h: ist_symmetric: contract dropped: ")


if __name__ == "__main__":
    unittest.main()
