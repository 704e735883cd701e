"""The theorems rest on the contracts' own definitions: where one of these changes, a proof breaks.

Each change is made in a copy of the specification, which is exported and compiled there.
"""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOALS = ["JoinRounding.vo", "JoinRound.vo"]
# A change of spec, and the file whose proof breaks.
CHANGES = [
    ("exact_round.h", "component(X, j) - gamma *", "component(X, j) + gamma *", "JoinRound.v"),
    ("exact_round.h", "S, C, o, X, q) - b[S[a]]", "S, C, o, X, q) + b[S[a]]", "JoinRound.v"),
    ("permutation.h", "j == m - 1 ? fisher_yates(draw, m - 1, draw[m - 1])",
     "j == m - 1 ? fisher_yates(draw, m - 1, m - 1)", "Exported.v"),
    ("rounding.h", "<= 0x1p-53 * \\abs(r)", "<= 0x1p-54 * \\abs(r)", "JoinRounding.v"),
]
# Predicates of export.acsl, each the conjunction of clauses of a contract in permutation.h.
PREDICATES = {"shuffled": ("ist_shuffle", ["model"]), "owners": ("ist_owner", ["owner"]),
              "blocks": ("ist_blocks", ["indices", "members", "increasing"])}


def one_state(formula):
    """A formula of two states, as it reads where these are one."""
    formula = re.sub(r"\{Old\}", "", " ".join(formula.split()))
    while r"\at(" in formula:
        formula = re.sub(r"\\at\(((?:(?!\\at\().)*?), (?:Old|Post)\)", r"\1", formula)
    return formula


def after(head, text):
    """What stands between a head and the end of its clause or definition."""
    return re.search(head + r"(.*?);\s*(?=ensures\b|predicate\b|lemma\b|$)", text, re.S)[1]


class Clauses(unittest.TestCase):
    def test_the_exported_predicates_are_what_the_contracts_ensure(self):
        header = (ROOT / "src/kernel/permutation.h").read_text()
        exported = (ROOT / "proofs/wp/export.acsl").read_text()
        for predicate, (function, names) in PREDICATES.items():
            contract = re.search(rf"((?:(?!\*/).)*)\*/\s*void {function}\(", header, re.S)[1]
            clauses = [one_state(after(f"ensures {name}: ", contract)) for name in names]
            body = one_state(after(rf"predicate {predicate}\{{L\}}\([^)]*\) =", exported))
            stated = re.findall(r"\((\\forall .*?)\)(?= &&|$)", body) or [body]
            self.assertEqual(stated, clauses)


class Export(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)
        self.out = self.root / "build/coq"
        for folder in ("spec", "src/kernel", "proofs/wp", "proofs/coq"):
            shutil.copytree(ROOT / folder, self.root / folder,
                            ignore=shutil.ignore_patterns("__pycache__"))
        if (ROOT / "build/coq").exists():  # what is compiled need not be so again
            shutil.copytree(ROOT / "build/coq", self.out)

    def make(self, *options):
        return subprocess.run(["make", *options], cwd=self.root, capture_output=True, text=True)

    def compiled(self, *goals):
        """Export, and compile goals: whether they compile, and what was said."""
        done = self.make("-C", "proofs/coq", f"OUT={self.out}", str(self.out / "CoqMakefile"))
        self.assertEqual(done.returncode, 0, done.stderr)
        done = self.make("-k", "-C", str(self.out), "-f", "CoqMakefile", *goals)
        return done.returncode == 0, done.stdout + done.stderr

    def test_a_change_of_the_specification_breaks_a_proof(self):
        passed, output = self.compiled(*GOALS)
        self.assertTrue(passed, output)
        for header, old, new, broken in CHANGES:
            with self.subTest(new):
                path = self.root / "spec" / header
                text = path.read_text()
                self.assertEqual(text.count(old), 1)
                path.write_text(text.replace(old, new))
                passed, output = self.compiled(*GOALS)
                path.write_text(text)
                self.assertFalse(passed)
                self.assertIn(f'File "./{broken}"', output)

    def test_a_lemma_by_induction_needs_its_proof_in_coq(self):
        self.assertIn("Theorem by_induction : steps_proved -> induction.\n",
                      (self.root / "proofs/coq/Induction.v").read_text())
        with (self.root / "proofs/wp/provers.csv").open("a") as file:
            file.write("spec/rounding.h,lemma_exact_integers,cvc5i,9\n")
        passed, output = self.compiled("Induction.vo")
        self.assertFalse(passed)
        self.assertIn('File "./Induction.v"', output)


if __name__ == "__main__":
    unittest.main()
