"""make claims is green here, and red as soon as any one reference of the registry is broken.

Each case breaks one thing in a copy of the sources, beside the products of this checkout, and runs
the checker there.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/tools"))

import verified  # noqa: E402

FIGURES = "build/reproduce-quick"


EQUATIONS, CORRECTIONS = (f"spec/claims/{name}.csv" for name in ("equations", "corrections"))
# One change of a row of the registry, and the problem that it makes.
ROWS = (
    ("P18", "fl_rounds", "fl_roundz", "P18: no ACSL symbol or clause fl_roundz"),
    ("R4", "ist_dot:error ", "", "error clause ist_dot:error belongs to no claim"),
    ("P18", "ist_fixed_point ", "ist_fixed_points ", "P18: no declaration of the C function"),
    ("P07", "_linear ", "_linearly ", "P07: no headline theorem Theorem1.theorem1_linearly"),
    ("P07", "Theorem1.contraction_root", "", "headline theorem Theorem1.contraction_root belongs"),
    ("P09", "unit/moments.perm_1", "unit/moments.perm_one", "P09: no test unit/moments.perm_one"),
    ("P09", "unit/moments.", "golden/moments.", "P09: no test golden/moments.perm_1"),
    ("P09", "unit/moments.perm_1_expectation_is_the_diagonal", "", "P09: no test"),
    ("P17", "bias\n", "biases\n", "P17: no figure biases"),
    ("P18", "_1e_14,", "_1e_14,bias", "P18: no experiment checks it on the figure bias"),
    ("N7", "definiteness", "", "N7: checked on the figure definiteness, which its row"),
    ("N7", "N7,", "N6,", "no row for N7"),
    ("R10", "R10,", "R9,", "R9: two rows"),
    ("R11", ",proved,", ",obvious,", "R11: status 'obvious' is not one of"),
    ("R11", ",ours,", ",theirs,", "R11: provenance 'theirs' is not one of"),
    ("P09", "as printed", "as meant", "P09: fidelity 'as meant' is not one of"),
    ("P10", "as printed", "derived", "P10: derived, but not what differs"),
    ("N8", ",proved,,,,", ",proved,,as printed,,", "N8: fidelity to a text that does not say it"),
    ("N2", ",proved,,,,", ",proved,Euler,,,", "N2: a source belongs to what is known"),
    ("R2", "IEEE 754", "", "R2: a source belongs to what is known"),
    ("R9", "ist_fixed_point:error", "drift", "R9: proved by neither a theorem nor"),
    ("P10", "Corrections.P10_necessary", "Instances.root2_instance", "P10: proved by neither a"),
    ("E2", "Corrections.E2_refuted ", "", "E2: corrected, but no theorem named ..._refuted"),
    ("E4", " Corrections.E4_corrected", "", "E4: corrected by neither a theorem nor"),
    ("P17", "Remarks.E5_refuted", "Remarks.E5_bias", "P17: refuted, but no theorem named"),
    ("N8", ",proved,", ",open,", "N8: open, but proofs/coq/open.txt does not say why"),
    ("P09", "before (17)", "(40)", "P09: the entry of equations.csv for '(40)' does not name it"),
)
# The same of another file.
FILES = (
    ("spec/homogeneous.h", "logic real drift(", "logic real drifted(",
     "R10: no ACSL symbol or clause drift"),
    ("src/kernel/quadratic.h", "ensures error:", "ensures near:",
     "R5: no ACSL symbol or clause ist_gradient:error"),
    ("src/kernel/homogeneous.h", "void ist_closed_form(", "void ist_closed_forms(",
     "P15: no declaration of the C function ist_closed_form"),
    ("src/kernel/merge.h", "#endif\n\n/**", "#endif\n\nvoid ist_new(void);\n\n/**",
     "kernel function ist_new belongs to no claim"),
    ("src/kernel/quadratic.h", "[claim P04, R12]", "[claim R12]",
     "P04: the declaration of ist_value does not say [claim P04]"),
    ("src/kernel/quadratic.h", "[claim P04, R12]", "[claim P04, P05, R12]",
     "the declaration of ist_value says [claim P05], whose row does not name it"),
    ("src/kernel/quadratic.h", "#include", "/* [claim P04] */\n#include",
     "a header names a claim where no declaration follows"),
    ("proofs/coq/Theorem1.v", "Theorem theorem1_linear", "Theorem theorem1_fast",
     "headline.txt: no theorem Theorem1.theorem1_linear in the sources"),
    ("proofs/coq/open.txt", "P22 ", "P99 ", "open.txt names P99, which has no row"),
    ("proofs/coq/open.txt", "experiment", "trial", "CLAIMS.md is out of date"),
    ("tests/unit/test_moments.c", "perm_1_expectation_is_the_diagonal", "perm_1_expectation",
     "P09: no test unit/moments.perm_1_expectation_is_the_diagonal"),
    ("src/check/claims_scaled.c", '{"P14", "', '{"N6", "', "ist check evaluates N6, which has no"),
    ("CLAIMS.md", "Rand-q is unbiased", "Rand-q is biased", "CLAIMS.md is out of date"),
    ("spec/theorems.md", "classical", "classic", "spec/theorems.md is out of date"),
    ("src/kernel/quadratic.c", "void ist_gradient(", "void ist_gradients(",
     "P04: no definition of the C function ist_gradient"),
    ("proofs/coq/instances.txt", "Theorem1.W_psd", "Theorem1.W_bad",
     "instances.txt: no headline theorem Theorem1.W_bad"),
    ("spec/claims/claims.csv", "latex,", "tex,", "the columns are not"),
    (EQUATIONS, "\n(5),definition", "\n(5),", "equations.csv: (5): '' is neither"),
    (EQUATIONS, "\n(17),P10", "\n(17),P99", "equations.csv: (17): 'P99 N14' is neither"),
    (EQUATIONS, "\n(17),", "\n(71),", "equations.csv: (71) is no equation"),
    (EQUATIONS, "\n(16),P07", "\n(16),P06", "P07: the entry of equations.csv for"),
    (EQUATIONS, "\n(16),P07", "\n(16),P06", "equations.csv: P06 does not stand at (16)"),
    (CORRECTIONS, "slip,P13", "slip,P14", "P13: no entry in corrections.csv says what"),
    (CORRECTIONS, "E2,slip", "E2,remark", "corrections.csv: E2 is no remark"),
    (CORRECTIONS, "E4,slip", "E2,slip", "E4: 0 entries of its own in corrections.csv"),
    (CORRECTIONS, "N14,", "P04,", "N14: 0 entries of its own in corrections.csv"),
    (CORRECTIONS, "N14,", "P04,", "P04: 1 entries of its own in corrections.csv"),
    (CORRECTIONS, "remark,P10", "remark,P99", "corrections.csv names P99, which has no"),
    (CORRECTIONS, ",no,", ",,", "corrections.csv: E5 has no resolved"),
)


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, **options)


class Claims(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = run(["make", "--no-print-directory", "claims"], cwd=ROOT)
        assert done.returncode == 0, done.stdout + done.stderr

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)
        for folder in ("spec", "src", "proofs", "tests"):
            shutil.copytree(ROOT / folder, self.root / folder,
                            ignore=shutil.ignore_patterns("data", "__pycache__"))
        shutil.copy(ROOT / "CLAIMS.md", self.root)
        shutil.copytree(ROOT / FIGURES, self.root / FIGURES)

    def edit(self, name, old, new):
        """Replaces one occurrence, which must be there."""
        path = self.root / name
        text = path.read_text()
        self.assertTrue(old in text, f"{name} has no {old}")
        path.write_text(text.replace(old, new, 1))

    def check(self, *options):
        checker = self.root / "spec/claims/check.py"
        return run([sys.executable, checker, *options], cwd=self.root)

    def red(self, *problems, options=()):
        done = self.check(*options)
        self.assertEqual(done.returncode, 1, done.stdout)
        for problem in problems:
            self.assertIn(problem, done.stderr)

    def green(self, *options):
        done = self.check(*options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_the_copy_is_green_and_says_that_proofs_were_not_run(self):
        self.assertIn("proofs: make verify has not been run here", self.green())

    def one_by_one(self, cases):
        """Makes each change (file, old, new) by itself: the checker names its problem."""
        for name, old, new, problem in cases:
            text = (self.root / name).read_text()
            with self.subTest(problem):
                self.edit(name, old, new)
                self.red(problem)
            (self.root / name).write_text(text)

    def test_a_change_of_a_row(self):
        lines = (self.root / "spec/claims/claims.csv").read_text().splitlines(keepends=True)
        row = {line.split(",")[0]: line for line in lines}
        for claim, old, _, problem in ROWS:
            self.assertIn(old, row[claim], problem)
        self.one_by_one(("spec/claims/claims.csv", row[claim], row[claim].replace(old, new, 1), problem)
                        for claim, old, new, problem in ROWS)

    def test_a_change_of_another_file(self):
        self.one_by_one(FILES)

    def test_figures_that_are_gone_or_new(self):
        (self.root / FIGURES / "bias.svg").unlink()
        (self.root / FIGURES / "spiral.svg").write_text("<svg/>")
        self.red("E5: no figure bias", "figure spiral belongs to no claim")
        (self.root / FIGURES / "summary.json").unlink()
        self.red("no figures")

    def test_every_equation_is_missed(self):
        path = self.root / "spec/claims/equations.csv"
        head, *lines = path.read_text().splitlines(keepends=True)
        for line in lines:
            path.write_text("".join([head, *(other for other in lines if other != line)]))
            name = line.split(",")[0]
            self.red(f"equations.csv has no entry for {name}\n")

    def test_strict_needs_a_report(self):
        self.red("proofs not checked: make verify has not been run here", options=["--strict"])

    def test_complete_report(self):
        verified.write(self.root)
        self.assertIn("contracts and lemmas are proved", self.green("--strict"))

    def test_report_of_one_file(self):
        verified.write(self.root, complete=False)
        self.red("the last make verify was of one file only", options=["--strict"])
        self.green()

    def test_report_about_other_files(self):
        deciding = ("verify", "framac.py", "trust.py", "axioms.txt", "axioms.acsl", "why3config.py",
                    "record.py", "literals.h")
        for name in ("spec/rounding.h", "spec/new.h", "src/kernel/merge.c",
                     *(f"proofs/wp/{name}" for name in deciding)):
            verified.write(self.root)
            with (self.root / name).open("a") as file:
                file.write("\n")
            self.red(f"proofs not checked: {name} has changed since", options=["--strict"])

    def test_report_outlives_the_record_of_provers_and_the_dates_of_files(self):
        verified.write(self.root)
        (self.root / "proofs/wp/provers.csv").write_text("goal,prover\n")
        os.utime(self.root / "spec/rounding.h", (2e9, 2e9))
        self.green("--strict")

    def test_rows_that_are_not_proved(self):
        for name, change, problem in (
                ("ist_round", {"proved": 2}, "the contract of ist_round: 1 goals are not proved"),
                ("ist_round", {"goals": 0}, "the contract of ist_round has no goal"),
                ("ist_round", {"name": "ist_rounds"}, "the contract of ist_round has no goal"),
                ("lemmas", {"proved": 2}, "rounds_close_all in spec/homogeneous_error.h: 1 goals")):
            units = verified.report(self.root)["units"]
            for row in (row for unit in units for row in unit["rows"] if row["name"] == name):
                row.update(change)
            verified.write(self.root, units=units)
            self.red(problem)

    def test_problem_of_the_proofs(self):
        verified.write(self.root, problems=["a smoke test failed"])
        self.red("a smoke test failed")


if __name__ == "__main__":
    unittest.main()
