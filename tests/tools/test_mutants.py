"""Mutants of the verified code: a run that was stopped goes on, a weak contract lets some
survive."""

import os
import signal
import subprocess
import time
import unittest

from test_trust import CONTRACT, HEADER, Tree

MUTANTS = ["proofs/wp/mutants", "range.c", "1/3"]  # those of ist_bounded


class Mutants(Tree):
    def mutants(self):
        done = subprocess.run(MUTANTS, cwd=self.root, capture_output=True, text=True)
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
        self.assertRegex(output, r"(?m)^(\d+) of \1 mutants killed of range.c 1/3 alone$")
        self.assertLess(kept.items(), self.results().items())

    def test_a_mutant_that_keeps_a_weak_contract_survives(self):
        self.replace(HEADER, CONTRACT, CONTRACT.replace("<==>", "==>"))
        status, output = self.mutants()
        self.assertEqual(status, 1, output)
        self.assertIn("not killed: range.c: ist_bounded: by hand: -bound <= v[j] -> -bound < v[j]\n",
                      output)


if __name__ == "__main__":
    unittest.main()
