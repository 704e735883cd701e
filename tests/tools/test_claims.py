"""make claims is green here, and red as soon as any one reference of the registry is broken.

Each case breaks one thing in a copy of the sources, beside the products of this checkout, and runs
the checker there.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "proofs" / "wp"))

import fingerprint  # noqa: E402

FIGURES = "build/reproduce-quick"


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, **options)


def listings():
    """What every test binary prints for --list."""
    environment = dict(os.environ, OPENBLAS_NUM_THREADS="1")
    return {binary.relative_to(ROOT): run([binary, "--list"], env=environment).stdout
            for room in ("unit", "golden", "reproduction", "commandline")
            for binary in sorted((ROOT / "build/tests" / room).glob("test_*"))}


def complete_report(root):
    """A report as `make verify` writes it, everything proved."""
    def row(name):
        return {"name": name, "goals": 3, "proved": 3}
    headers = [*root.glob("spec/*.h"), *root.glob("src/kernel/*.h")]
    units = [{"file": str(path.relative_to(root)), "rows": [row("lemmas")]} for path in headers]
    names = {name for path in root.glob("src/kernel/*.h")
             for name in re.findall(r"\b(ist_\w+)\(", path.read_text())}
    units.append({"file": "src/kernel", "rows": [row(name) for name in sorted(names)]})
    axioms = [{"name": "rounding"}, {"name": "rounding_exact"}]
    return {"complete": True, "problems": [], "axioms": axioms, "units": units,
            "fingerprint": fingerprint.take(root)}


class Claims(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = run(["make", "--no-print-directory", "claims"], cwd=ROOT)
        assert done.returncode == 0, done.stdout + done.stderr
        cls.lists = listings()

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)
        for folder in ("spec", "src", "proofs", "tests"):
            shutil.copytree(ROOT / folder, self.root / folder,
                            ignore=shutil.ignore_patterns("data", "__pycache__"))
        shutil.copy(ROOT / "README.md", self.root)
        shutil.copytree(ROOT / FIGURES, self.root / FIGURES)
        shutil.copy(ROOT / "build/libist.a", self.root / "build")
        for name, listing in self.lists.items():
            binary = self.root / name
            binary.parent.mkdir(parents=True, exist_ok=True)
            binary.write_text(f"#!/bin/sh\ncat <<'END'\n{listing}END\n")
            binary.chmod(0o755)

    def edit(self, name, old, new):
        """Replaces one occurrence, which must be there."""
        path = self.root / name
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1))

    def row(self, claim, old, new, table="claims"):
        """Replaces text in one row of the registry, or of another of its tables."""
        path = self.root / f"spec/{table}.csv"
        lines = path.read_text().splitlines(keepends=True)
        at = next(k for k, line in enumerate(lines) if line.startswith(claim + ","))
        self.assertIn(old, lines[at])
        lines[at] = lines[at].replace(old, new, 1)
        path.write_text("".join(lines))

    def write_report(self, report):
        folder = self.root / "build/wp"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "verify.json").write_text(json.dumps(report))

    def check(self, *options):
        checker = self.root / "spec/registry/check.py"
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

    def test_unknown_acsl_symbol(self):
        self.row("P18", "fl_rounds", "fl_roundz")
        self.red("P18: no ACSL symbol or clause fl_roundz")

    def test_acsl_symbol_that_is_gone(self):
        self.edit("spec/homogeneous.h", "logic real drift(", "logic real drifted(")
        self.red("R10: no ACSL symbol or clause drift")

    def test_error_clause_that_is_gone(self):
        self.edit("src/kernel/quadratic.h", "ensures error:", "ensures near:")
        self.red("R5: no ACSL symbol or clause ist_gradient:error")

    def test_error_clause_without_claim(self):
        self.row("R4", "ist_dot:error ", "")
        self.red("error clause ist_dot:error belongs to no claim")

    def test_unknown_function(self):
        self.row("P18", "ist_fixed_point ", "ist_fixed_points ")
        self.red("P18: no declaration of the C function ist_fixed_points")

    def test_function_that_is_gone(self):
        self.edit("src/kernel/homogeneous.h", "void ist_closed_form(", "void ist_closed_forms(")
        self.red("P15: no declaration of the C function ist_closed_form")

    def test_function_without_code(self):
        library = self.root / "build/libist.a"
        subprocess.run(["ar", "d", library, "quadratic.o"], check=True)
        self.red("P04: no definition in build/libist.a of the C function ist_gradient")

    def test_kernel_function_without_claim(self):
        self.edit("src/kernel/merge.h", "#endif\n\n/**", "#endif\n\nvoid ist_new(void);\n\n/**")
        self.red("kernel function ist_new belongs to no claim")

    def test_declaration_without_id(self):
        self.edit("src/kernel/quadratic.h", "[claim P04, R12]", "[claim R12]")
        self.red("P04: the declaration of ist_value does not say [claim P04]")

    def test_declaration_with_another_id(self):
        self.edit("src/kernel/quadratic.h", "[claim P04, R12]", "[claim P04, P05, R12]")
        self.red("the declaration of ist_value says [claim P05], whose row does not name it")

    def test_id_where_no_declaration_follows(self):
        self.edit("src/kernel/quadratic.h", "#include", "/* [claim P04] */\n#include")
        self.red("a header names a claim where no declaration follows")

    def test_unknown_theorem(self):
        self.row("P07", "Theorem1.theorem1_linear", "Theorem1.theorem1_linearly")
        self.red("P07: no headline theorem Theorem1.theorem1_linearly")

    def test_theorem_that_is_gone(self):
        self.edit("proofs/coq/Theorem1.v", "Theorem theorem1_linear", "Theorem theorem1_fast")
        self.red("headline.txt: no theorem Theorem1.theorem1_linear in the sources")

    def test_theorem_without_claim(self):
        self.row("P07", "Theorem1.contraction_root", "")
        self.red("headline theorem Theorem1.contraction_root belongs to no claim")

    def test_unknown_test(self):
        self.row("P09", "unit/moments.perm_1", "unit/moments.perm_one")
        self.red("P09: no test unit/moments.perm_one")

    def test_test_in_another_room(self):
        self.row("P09", "unit/moments.", "golden/moments.")
        self.red("P09: no test golden/moments.perm_1")

    def test_test_that_is_gone(self):
        name = "build/tests/unit/test_moments"
        self.edit(name, "perm_1_expectation_is_the_diagonal", "perm_1_expectation")
        self.red("P09: no test unit/moments.perm_1_expectation_is_the_diagonal")

    def test_binary_that_is_gone(self):
        (self.root / "build/tests/unit/test_moments").unlink()
        self.red("test_moments")

    def test_claim_without_test(self):
        self.row("P09", "unit/moments.perm_1_expectation_is_the_diagonal", "")
        self.red("P09: no test")

    def test_unknown_figure(self):
        self.row("P17", "bias\n", "biases\n")
        self.red("P17: no figure biases")

    def test_figure_that_is_gone(self):
        (self.root / FIGURES / "bias.svg").unlink()
        self.red("E5: no figure bias")

    def test_figure_without_claim(self):
        (self.root / FIGURES / "spiral.svg").write_text("<svg/>")
        self.red("figure spiral belongs to no claim")

    def test_figure_on_which_nothing_is_checked(self):
        self.row("P18", "_1e_14,", "_1e_14,bias")
        self.red("P18: no experiment checks it on the figure bias")

    def test_experiment_without_reference(self):
        self.row("N7", "definiteness", "")
        self.red("N7: checked on the figure definiteness, which its row does not name")

    def test_no_figures(self):
        (self.root / FIGURES / "summary.json").unlink()
        self.red("no figures")

    def test_evaluated_claim_without_row(self):
        self.edit("src/cli/claims_scaled.c", '{"N8", "', '{"N6", "')
        self.red("ist check evaluates N6, which has no row")

    def test_readme_that_is_out_of_date(self):
        self.edit("README.md", "Rand-q is unbiased", "Rand-q is biased")
        self.red("README.md: its table is out of date")

    def test_rows(self):
        self.row("N7", "N7,", "N6,")
        self.row("R11", ",ours,proved,", ",theirs,obvious,")
        self.row("R10", "R10,", "R9,")
        self.red("no row for N7", "R11: status 'obvious' is not one of", "R9: two rows",
                 "R11: provenance 'theirs' is not one of")

    def test_fidelity_and_source(self):
        self.row("P09", "as printed", "as meant")
        self.row("P10", "as printed", "derived")
        self.row("N8", ",ours,proved,,,,", ",ours,proved,,as printed,,")
        self.row("N2", ",ours,proved,,,,", ",ours,proved,Euler,,,")
        self.row("R2", "IEEE 754", "")
        self.red("P09: fidelity 'as meant' is not one of", "P10: derived, but not what differs",
                 "N8: fidelity to a text", *(f"{name}: a source belongs" for name in ("N2", "R2")))

    def test_a_definition_proves_nothing(self):
        self.row("R9", "ist_fixed_point:error", "drift")
        self.row("N7", "Conditioning.conditioning", "Instances.root2_instance")
        self.red(*(f"{name}: proved by neither a theorem nor" for name in ("R9", "N7")))

    def test_corrected_and_refuted_need_a_refutation(self):
        self.row("E2", "Corrections.E2_refuted ", "")
        self.row("P17", "Remarks.E5_refuted", "Remarks.E5_bias")
        self.row("E4", " Corrections.E4_corrected", "")
        self.red("E2: corrected, but no theorem named", "P17: refuted, but no theorem named",
                 "E4: corrected by neither a theorem nor")

    def test_what_is_open(self):
        self.row("N8", ",ours,proved,", ",ours,open,")
        self.edit("proofs/coq/open.txt", "P22 ", "P99 ")
        self.red("N8: open, but", "open.txt names P99, which has no row",
                 "README.md: its table is out of date")

    def test_equations(self):
        self.row("(17)", "(17),P10 N14", "(71),P10 N99", "equations")
        self.row("(5)", "definition", "", "equations")
        self.row("(16)", "P07", "P06", "equations")
        self.row("P09", "before (17)", "(40)")
        self.red("equations.csv has no entry for (17)", "equations.csv: (71) is no equation",
                 "equations.csv: (71): 'P10 N99' is neither", "equations.csv: (5): '' is neither",
                 "P07: the entry of equations.csv for '(16)' does not name it",
                 "equations.csv: P06 does not stand at (16)",
                 "P09: the entry of equations.csv for '(40)'")

    def test_every_equation_is_missed(self):
        path = self.root / "spec/equations.csv"
        head, *lines = path.read_text().splitlines(keepends=True)
        for line in lines:
            path.write_text("".join([head, *(other for other in lines if other != line)]))
            name = line.split(",")[0]
            self.red(f"equations.csv has no entry for {name}\n")

    def test_corrections(self):
        self.row("E1", ",P13,", ",P14,", "corrections")
        self.row("E2", "slip", "remark", "corrections")
        self.row("E4", "E4,", "P04,", "corrections")
        self.row("N14", "N14,", "N99,", "corrections")
        self.row("E5", ",no,", ",,", "corrections")
        self.red("P13: no entry in corrections.csv says what is corrected",
                 "corrections.csv: E2 is no remark", "E4: 0 entries of its own",
                 "N14: 0 entries of its own", "P04: 1 entries of its own",
                 "corrections.csv names N99, which has no row",
                 "corrections.csv: E5 has no resolved")

    def test_columns(self):
        self.edit("spec/claims.csv", "latex,", "tex,")
        self.red("the columns are not")

    def test_strict_needs_a_report(self):
        self.red("proofs not checked: make verify has not been run here", options=["--strict"])

    def test_complete_report(self):
        self.write_report(complete_report(self.root))
        self.assertIn("contracts and lemmas are proved", self.green("--strict"))

    def test_report_of_one_file(self):
        self.write_report({**complete_report(self.root), "complete": False})
        self.red("the last make verify was of one file only", options=["--strict"])
        self.green()

    def test_report_about_other_files(self):
        deciding = ("verify", "framac.py", "annotations.py", "axioms.txt", "why3config.py",
                    "record.py", "literals.h")
        for name in ("spec/rounding.h", "spec/new.h", "src/kernel/merge.c",
                     *(f"proofs/wp/{name}" for name in deciding)):
            self.write_report(complete_report(self.root))
            with (self.root / name).open("a") as file:
                file.write("\n")
            self.red(f"proofs not checked: {name} has changed since", options=["--strict"])

    def test_report_outlives_the_record_of_provers_and_the_dates_of_files(self):
        self.write_report(complete_report(self.root))
        (self.root / "proofs/wp/provers.csv").write_text("goal,prover\n")
        os.utime(self.root / "spec/rounding.h", (2e9, 2e9))
        self.green("--strict")

    def test_contract_that_is_not_proved(self):
        report = complete_report(self.root)
        row = next(r for r in report["units"][-1]["rows"] if r["name"] == "ist_round")
        row["proved"] = 2
        self.write_report(report)
        self.red("the contract of ist_round: 1 goals are not proved")

    def test_contract_without_goals(self):
        report = complete_report(self.root)
        rows = report["units"][-1]["rows"]
        rows.remove(next(r for r in rows if r["name"] == "ist_round"))
        self.write_report(report)
        self.red("the contract of ist_round has no goal")

    def test_lemma_that_is_not_proved(self):
        report = complete_report(self.root)
        unit = next(u for u in report["units"] if u["file"] == "spec/homogeneous_error.h")
        unit["rows"][0]["proved"] = 2
        self.write_report(report)
        self.red("rounds_close_all in spec/homogeneous_error.h: 1 goals are not proved")

    def test_problem_of_the_proofs(self):
        self.write_report({**complete_report(self.root), "problems": ["a smoke test failed"]})
        self.red("a smoke test failed")


if __name__ == "__main__":
    unittest.main()
