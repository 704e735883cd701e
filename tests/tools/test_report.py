"""The report: it opens in a browser without an error, every link leads somewhere, its filter works,
and what was not run is said, not shown.
"""

import csv
import html.parser
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
sys.path.insert(0, str(ROOT / "tests/tools"))

import verified  # noqa: E402

PAGE = "build/report/index.html"
SECTIONS = {"claims", "the-preprint", "proofs-of-the-c-code", "theorems-in-coq", "soundness",
            "what-the-tests-reach", "figures", "speed", "versions"}
# Lists on the console the claims that are shown.
LIST = """console.log("shown: " + Array.from(document.querySelectorAll("#claims tbody tr"))
  .filter((row) => !row.hidden).map((row) => row.cells[0].textContent).join(" "));"""


class Reader(html.parser.HTMLParser):
    """Ids, references, and images without a description."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.references, self.unlabelled = [], [], 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.ids += [values["id"]] if "id" in values else []
        self.references += [values[key] for key in ("href", "src") if key in values]
        self.unlabelled += tag == "img" and not values.get("alt")


def chromium(text, script=""):
    """(the page's title once it and the script have run, what they left on the console)."""
    with tempfile.TemporaryDirectory() as scratch:
        page = pathlib.Path(scratch) / "page.html"
        page.write_text(text.replace("</body>", f"<script>{script}</script></body>"))
        done = subprocess.run(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom",
             "--enable-logging=stderr", f"--user-data-dir={scratch}/profile", page.as_uri()],
            capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return (re.search("<title>(.*?)</title>", done.stdout)[1],
                [line for line in done.stderr.splitlines() if ":CONSOLE" in line])


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = subprocess.run(["make", "--no-print-directory", "report"], cwd=ROOT,
                              capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        cls.text = (ROOT / PAGE).read_text(encoding="utf-8")
        cls.reader = Reader(cls.text)

    def test_console_is_silent_and_a_failing_script_would_be_noticed(self):
        self.assertEqual(chromium(self.text)[1], [])
        self.assertEqual(len(chromium(self.text, "missing()")[1]), 1)

    def test_every_link_leads_somewhere(self):
        links = [r for r in self.reader.references if not r.startswith("data:")]
        self.assertGreater(len(links), 500)
        for link in links:
            if link.startswith("#"):
                self.assertIn(link[1:], self.reader.ids)
            elif not link.startswith("https://"):
                path, _, line = link.partition("#L")
                lines = (ROOT / PAGE).parent.joinpath(path).read_text().count("\n")
                self.assertLessEqual(int(line or 0), lines, link)
        self.assertEqual(len(self.reader.ids), len(set(self.reader.ids)))

    def test_nothing_is_fetched(self):
        found = re.findall(r"@import|rel=\"stylesheet\" href=\"(?!data)|fetch\(|<script src=\"(?!data)",
                           self.text)
        self.assertEqual(found, [])

    def test_sections_claims_and_figures_are_there(self):
        self.assertLessEqual(SECTIONS, set(self.reader.ids))
        with open(ROOT / "spec/claims/claims.csv", newline="", encoding="utf-8") as file:
            self.assertLessEqual({row["id"] for row in csv.DictReader(file)}, set(self.reader.ids))
        folder = next(f for f in (ROOT / "build/reproduce", ROOT / "build/reproduce-quick")
                      if (f / "summary.json").exists())
        self.assertLessEqual({path.stem for path in folder.glob("*.svg")}, set(self.reader.ids))
        self.assertEqual(self.reader.unlabelled, 0)

    def test_formulas_are_mathematics(self):
        with open(ROOT / "spec/claims/claims.csv", newline="", encoding="utf-8") as file:
            self.assertGreater(self.text.count("<math "), len(list(csv.DictReader(file))))
        self.assertNotIn('class="math', self.text)

    def shown_after(self, script):
        _, console = chromium(self.text, script + LIST)
        self.assertEqual(len(console), 1)
        return set(re.search("shown: ([^\"]*)", console[0])[1].split())

    def test_filter(self):
        words = 'const w = document.getElementById("words"); w.value = "ist_FIXED_point sqrt";' \
                'w.dispatchEvent(new Event("input", {bubbles: true}));'
        self.assertEqual(self.shown_after(words), {"P18", "R9"})
        status = 'document.querySelectorAll("[name=status]").forEach((b) => {' \
                 'if (b.value !== "refuted") b.click(); });'
        self.assertEqual(self.shown_after(status), {"P17", "E5"})
        hidden = 'document.querySelector("[value=proved]").click(); location.hash = "#N1";' \
                 'dispatchEvent(new HashChangeEvent("hashchange"));'
        self.assertIn("N1", self.shown_after(hidden))

    def test_phone_width_does_not_scroll_sideways(self):
        width, = re.findall(r"(\d+ of \d+)", chromium(
            '<title></title><body><iframe id="phone" width="360" height="800" style="border:0">'
            "</iframe></body>", 'const frame = document.getElementById("phone"); frame.srcdoc = '
            + json.dumps(self.text).replace("</", "<\\/") + ';'
            'frame.onload = () => { const e = frame.contentDocument.documentElement;'
            '  document.title = e.scrollWidth + " of " + e.clientWidth; };')[0])
        self.assertEqual(*width.split(" of "))


class Absent(unittest.TestCase):
    """What was not run here, or before a change, is said and not shown."""

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.root = pathlib.Path(scratch.name)
        for folder in ("spec", "src", "proofs", "tests", "paper"):
            shutil.copytree(ROOT / folder, cls.root / folder,
                            ignore=shutil.ignore_patterns("data", "__pycache__"))
        for name in ("CLAIMS.md", "packages.txt"):
            shutil.copy(ROOT / name, cls.root)
        (cls.root / "build").mkdir()
        for name in ("ist", "reproduce-quick"):
            (cls.root / "build" / name).symlink_to(ROOT / "build" / name)

    def page(self, status=0):
        done = subprocess.run([self.root / "paper/report/write.py"], capture_output=True, text=True)
        self.assertEqual(done.returncode, status, done.stderr)
        return " ".join((self.root / PAGE).read_text().split())

    def test_nothing_was_run(self):
        page = self.page()
        for target in ("verify", "theorems", "coverage", "bench"):
            self.assertIn(f"Not run here: <code>make {target}</code>", page)
        self.assertIn("The whole experiments were not run here", page)

    def test_results_of_this_state_are_shown_and_of_an_earlier_one_are_not(self):
        coverage = {"files": [], "line_percent": 12.5, **{
            f"{kind}_{part}": 8 for kind in ("line", "branch", "function")
            for part in ("covered", "total")}}
        summary = self.root / "build/coverage/summary.json"
        summary.parent.mkdir()
        summary.write_text(json.dumps(coverage))
        self.addCleanup(summary.unlink)
        page = self.page()
        self.assertIn("12.5 % of lines", page)
        self.assertNotIn("Not run here: <code>make coverage</code>", page)
        os.utime(summary, (0, 0))
        page = self.page()
        self.assertIn("Not run here: <code>make coverage</code> (src/", page)
        self.assertNotIn("12.5 % of lines", page)

    def test_proofs_are_shown_by_function_with_their_claims(self):
        row = {**verified.row("ist_fixed_point"), "goals": 7, "proved": 7}
        verified.write(self.root, goals=7, proved=7,
                       units=[{"file": "src/kernel/homogeneous.c", "rows": [row]}])
        self.addCleanup((self.root / "build/wp/verify.json").unlink)
        page = self.page(status=1)
        self.assertIn("7 of 7 goals proved", page)
        self.assertIn('<code>ist_fixed_point</code></td> <td>src/kernel/homogeneous.c</td> <td>'
                      '<a href="#P18">P18</a>, <a href="#R9">R9</a></td>', page)
        self.assertIn("the contract of ist_round has no goal in build/wp/verify.json", page)

    def test_a_dangling_reference_is_named_and_fails(self):
        path = self.root / "spec/claims/claims.csv"
        text = path.read_text()
        self.addCleanup(path.write_text, text)
        path.write_text(text.replace("Theorem1.W_psd", "Theorem1.W_bad", 1))
        self.assertIn("P06: no headline theorem Theorem1.W_bad", self.page(status=1))

    def test_a_formula_that_cannot_be_shown_is_refused(self):
        path = self.root / "spec/claims/claims.csv"
        text = path.read_text()
        self.addCleanup(path.write_text, text)
        path.write_text(text.replace("\\mathbb{E}", "\\frobnicate{E}", 1))
        done = subprocess.run([self.root / "paper/report/write.py"], capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("frobnicate", done.stderr)


if __name__ == "__main__":
    unittest.main()
