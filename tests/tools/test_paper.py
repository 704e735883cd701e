"""The paper: typeset without a flaw from generated inputs, and refused where one is missing.

Built in a copy of the sources, beside products of this checkout and a report as `make verify`
writes it.
"""

import csv
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


def report(root, **changes):
    """A complete report of `make verify`, with three goals for every file of the kernel."""
    units = [{"file": str(path.relative_to(root)), "seconds": 1.0,
              "rows": [{"name": path.stem, "goals": 3, "proved": 3, "smoke_tests": 1,
                        "by": {"Qed": 1, "CVC5": 1, "induction": 0, "Z3": 1}}]}
             for path in sorted(root.glob("src/kernel/*.c"))]
    goals = 3 * len(units)
    return dict({"schema": "ist.verify/1", "complete": True, "goals": goals, "proved": goals,
                 "smoke_tests": len(units), "seconds": 60.0 * len(units), "problems": [],
                 "axioms": [{"name": "rounding"}, {"name": "rounding_exact"}], "contracts": {},
                 "units": units, "fingerprint": fingerprint.take(root)}, **changes)


class Paper(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = run(["make", "-s", "build", f"{FIGURES}/summary.json"], cwd=ROOT,
                   env={name: value for name, value in os.environ.items() if name != "MAKEFLAGS"})
        assert done.returncode == 0, done.stdout + done.stderr

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)
        for folder in ("paper", "spec", "src/kernel", "proofs", "tests/data", ".ci"):
            shutil.copytree(ROOT / folder, self.root / folder,
                            ignore=shutil.ignore_patterns("__pycache__", "bad"))
        for name in ("VERSION", "COMMIT"):
            shutil.copy(ROOT / name, self.root)
        (self.root / "build/wp").mkdir(parents=True)
        (self.root / "build/ist").symlink_to(ROOT / "build/ist")
        shutil.copytree(ROOT / FIGURES, self.root / FIGURES)
        self.write_report()
        self.out = self.root / "build/paper"

    def write_report(self, **changes):
        (self.root / "build/wp/verify.json").write_text(json.dumps(report(self.root, **changes)))

    def build(self):
        done = run(["paper/build"], cwd=self.root)
        self.assertEqual((done.returncode, done.stderr, done.stdout),
                         (0, "", "build/paper/ist.pdf\n"))
        return (self.out / "ist.pdf").read_bytes()

    def refuse(self, reason):
        done = run(["paper/build"], cwd=self.root)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, rf"^make paper: .*{reason}.*\n$")
        self.assertFalse((self.out / "ist.pdf").exists())

    def edit(self, name, old, new):
        path = self.root / name
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1))

    def test_the_paper_has_no_flaw(self):
        first = self.build()
        log = (self.out / "ist.log").read_text(errors="replace")
        self.assertEqual(re.findall(r"LaTeX Warning:.*|Package \w+ Warning:.*", log), [])
        wide = [float(points) for points in re.findall(r"Overfull \\[hv]box \(([\d.]+)pt", log)]
        self.assertEqual([points for points in wide if points > 5], [])
        pages = int(re.search(r"Output written on ist\.pdf \((\d+) pages", log)[1])
        aux = (self.out / "ist.aux").read_text()
        registry = int(re.search(r"newlabel\{tab:claims\}\{\{\d+\}\{(\d+)\}", aux)[1])
        self.assertTrue(6 <= registry <= 10, registry)  # the note itself, before the registry's tables
        self.assertTrue(pages - registry <= 3, pages)
        shutil.rmtree(self.out)
        self.assertEqual(self.build(), first)

    def test_every_claim_is_in_the_registry_and_every_source_is_cited(self):
        self.build()
        with open(ROOT / "spec/claims/claims.csv", newline="", encoding="utf-8") as file:
            ids = [row["id"] for row in csv.DictReader(file)]
        source = (ROOT / "paper/ist.tex").read_text()
        self.assertLessEqual(set(re.findall(r"\\claim\{(\w+)\}", source)), set(ids))
        written = (self.out / "claims.tex").read_text() + (self.out / "rounding.tex").read_text()
        self.assertEqual(re.findall(r"\\hypertarget\{claim:(\w+)\}", written), ids)
        corrections = (ROOT / "spec/claims/corrections.csv").read_text().splitlines()[1:]
        self.assertEqual(re.findall(r"^\\claim\{(\w+)\} & ", (self.out / "corrections.tex").read_text(),
                                    re.M), [line.split(",")[0] for line in corrections])
        entries = re.findall(r"^@\w+\{(\w+),", (ROOT / "paper/references.bib").read_text(), re.M)
        aux = (self.out / "ist.aux").read_text()
        cited = {key for keys in re.findall(r"\\citation\{(.*?)\}", aux) for key in keys.split(",")}
        self.assertEqual(cited, set(entries))

    def test_numbers_are_those_of_their_sources(self):
        self.build()
        values = dict(re.findall(r"\\csname ist@(.*?)\\endcsname\{(.*)\}%",
                                 (self.out / "values.tex").read_text()))
        self.assertEqual(values["wp.goals"], str(report(self.root)["goals"]))
        headlines = (ROOT / "proofs/coq/headline.txt").read_text().splitlines()
        listed = [line for line in headlines if line and not line.startswith("#")]
        self.assertEqual(values["coq.theorems"], str(len(listed)))
        self.assertEqual(values["errata.c_diverge.theta_true"], "393/5")
        summary = json.loads((ROOT / FIGURES / "summary.json").read_text())
        self.assertEqual(values["figures.checks"], str(len(summary["claims"])))
        low, high = re.search(r"28I.*?\$\[([\d.]+),\\ ([\d.]+)\]\$",
                              (self.out / "certificates.tex").read_text()).groups()
        self.assertLess(float(low), 78.6)
        self.assertLess(78.6, float(high))

    def test_refused_without_a_complete_verification(self):
        (self.root / "build/wp/verify.json").unlink()
        self.refuse("make verify has not been run here; run make verify first")
        self.write_report(complete=False)
        self.refuse("the last make verify was of one file only")
        self.write_report(proved=1)
        self.refuse("make verify did not prove everything")
        self.write_report()
        self.edit("spec/rounding.h", "/*", "/* ")
        self.refuse("spec/rounding.h has changed since make verify")

    def test_refused_with_violated_or_missing_figures(self):
        self.edit(f"{FIGURES}/summary.json", '"holds"', '"violated"')
        self.refuse("ist reproduce found P21 violated")
        shutil.rmtree(self.root / FIGURES)
        self.refuse("ist reproduce has not been run here; run make reproduce first")

    def test_refused_if_a_certificate_contradicts_the_exact_value(self):
        self.edit("tests/data/golden.json", '"393/5"', '"394/5"')
        self.refuse("the enclosure of theta for N14 does not contain 394/5")

    def test_refused_if_the_text_asks_for_an_unknown_number(self):
        self.edit("paper/ist.tex", r"\ist{wp.goals}", r"\ist{wp.gaols}")
        self.refuse("Package ist Error: unknown value wp.gaols")


if __name__ == "__main__":
    unittest.main()
