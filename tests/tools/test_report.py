"""The report: complete, self-contained, usable by keyboard and in the dark, and honest.

Chromium shows it without a window: nothing may fail on its console, and every link must resolve.
"""

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
PAGE = ROOT / "build/report/index.html"
SECTIONS = ("claims", "preprint", "proofs", "theorems", "soundness", "coverage", "figures", "bench",
            "versions")
sys.path.insert(0, str(ROOT / "proofs" / "wp"))

import fingerprint  # noqa: E402



class Reader(html.parser.HTMLParser):
    """Ids, references, and the text of each row of claims."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.references, self.tags, self.hidden = [], [], [], {}
        self.unlabelled = 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.append(tag)
        if "id" in values:
            self.ids.append(values["id"])
        self.references += [values[key] for key in ("href", "src") if key in values]
        if tag == "tr" and "data-status" in values:
            self.hidden[values["id"]] = "hidden" in values
        self.unlabelled += tag == "img" and not values.get("alt")


def chromium(text):
    """(the page's DOM once its scripts have run, what they left on the console)."""
    with tempfile.TemporaryDirectory() as scratch:
        page = pathlib.Path(scratch) / "page.html"
        page.write_text(text, encoding="utf-8")
        done = subprocess.run(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom",
             "--enable-logging=stderr", f"--user-data-dir={scratch}/profile", page.as_uri()],
            capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout, [line for line in done.stderr.splitlines() if ":CONSOLE" in line]


def scripted(text, script):
    """The page with one more script at its end."""
    return text.replace("</body>", f"<script>{script}</script></body>")


def luminance(colour):
    channels = [int(colour[k:k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = subprocess.run(["make", "--no-print-directory", "report"], cwd=ROOT,
                              capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        cls.text = PAGE.read_text(encoding="utf-8")
        cls.dom, cls.console = chromium(cls.text)
        cls.reader = Reader(cls.dom)

    def test_console_is_silent(self):
        self.assertEqual(self.console, [])

    def test_a_failing_script_would_be_noticed(self):
        _, console = chromium(scripted(self.text, "missing()"))
        self.assertEqual(len(console), 1)

    def test_every_link_resolves(self):
        links = [r for r in self.reader.references if not r.startswith("data:")]
        self.assertGreater(len(links), 100)
        for link in links:
            self.assertEqual(link[:1], "#", link)
            self.assertIn(link[1:], self.reader.ids)

    def test_ids_are_unique(self):
        self.assertEqual(len(self.reader.ids), len(set(self.reader.ids)))

    def test_nothing_is_fetched(self):
        fetching = re.findall(r"url\(|@import|rel=\"stylesheet|fetch\(|https?://.{20}", self.text)
        self.assertEqual(fetching, [])

    def test_sections(self):
        for name in SECTIONS:
            self.assertIn(name, self.reader.ids)
        self.assertEqual(self.reader.tags.count("h1"), 1)
        self.assertEqual(self.reader.unlabelled, 0)

    def test_every_claim_has_a_row_and_every_figure_is_shown(self):
        self.assertEqual(list(self.reader.hidden), self.rows("claims"))
        folder = next(f for f in (ROOT / "build/reproduce", ROOT / "build/reproduce-quick")
                      if (f / "summary.json").exists())
        for figure in folder.glob("*.svg"):
            self.assertIn(f"figure-{figure.stem}", self.reader.ids)
        self.assertEqual(self.reader.tags.count("img"), len(list(folder.glob("*.svg"))))

    def rows(self, name):
        """The first cells of the lines of a table of the registry."""
        lines = (ROOT / f"spec/{name}.csv").read_text().splitlines()[1:]
        return [line.split(",")[0] for line in lines]

    def test_corrections_and_equations_are_shown(self):
        section = html.unescape(self.text.split('<section id="preprint"')[1].split("</section>")[0])
        cells = re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]*)', section)
        self.assertEqual(cells, self.rows("corrections") + self.rows("equations"))
        self.assertIn("pp. 45258-45285, were not compared", section)
        self.assertIn("in the limit case <math>", section)

    def test_what_differs_and_whose_it_is(self):
        rows = dict(re.findall(r'<tr id="(\w+)" (.*?)</tr>', self.text, re.S))
        self.assertIn('<p class="note">more special: finite laws', rows["P06"])
        self.assertIn("<td>preprint</td>", rows["P06"])
        self.assertIn('<p class="note">source: the bound follows from K. Gustafson', rows["N7"])
        self.assertIn('<p class="note">open: an experiment', rows["P22"])

    def shown_after(self, script):
        dom, console = chromium(scripted(self.text, script))
        self.assertEqual(console, [])
        return {name for name, hidden in Reader(dom).hidden.items() if not hidden}

    def test_everything_is_shown_at_first(self):
        self.assertNotIn(True, self.reader.hidden.values())

    def test_filter_by_words(self):
        shown = self.shown_after(
            'const w = document.getElementById("words"); w.value = "ist_FIXED_point sqrt";'
            'w.dispatchEvent(new Event("input", {bubbles: true}));')
        self.assertEqual(shown, {"P18", "R9"})

    def test_filter_by_status(self):
        shown = self.shown_after(
            'document.querySelectorAll("[name=status]").forEach((b) => {'
            '  if (b.value !== "refuted" && b.checked) b.click(); });')
        self.assertEqual(shown, {"P17", "E5"})

    def test_a_link_to_a_hidden_claim_shows_it(self):
        shown = self.shown_after(
            'document.querySelector("[value=proved]").click(); location.hash = "#N1";'
            'dispatchEvent(new HashChangeEvent("hashchange"));')
        self.assertIn("N1", shown)

    def test_contrast(self):
        style = (ROOT / "spec/report/style.css").read_text()
        light, dark = re.findall(r":root \{(.*?)\}", style, re.S)[:2]
        for scheme in (light, dark):
            colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", scheme))
            for name in ("ink", "quiet", "link", "good", "bad", "mixed", "other"):
                for ground in ("paper", "raised"):
                    self.assertGreaterEqual(contrast(colours[name], colours[ground]), 4.5,
                                            f"{name} on {ground}")

    def test_phone_width_does_not_scroll_sideways(self):
        dom, _ = chromium(scripted(
            '<iframe id="phone" width="360" height="800" style="border:0"></iframe></body>',
            'const frame = document.getElementById("phone"); frame.srcdoc = '
            + json.dumps(self.text).replace("</", "<\\/") + ';'
            'frame.onload = () => { const e = frame.contentDocument.documentElement;'
            '  document.title = e.scrollWidth + " of " + e.clientWidth; };'))
        widths = re.search(r"<title>(\d+) of (\d+)</title>", dom)
        self.assertGreater(int(widths[2]), 300)
        self.assertEqual(widths[1], widths[2])


class Absent(unittest.TestCase):
    """What was not run here, or before a change, is said and not shown."""

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.root = pathlib.Path(scratch.name)
        for folder in ("spec", "src", "proofs", "tests"):
            shutil.copytree(ROOT / folder, cls.root / folder,
                            ignore=shutil.ignore_patterns("data", "__pycache__"))
        for name in ("README.md", "packages.txt"):
            shutil.copy(ROOT / name, cls.root)
        (cls.root / "build").mkdir()
        for name in ("ist", "libist.a", "tests", "reproduce-quick"):
            (cls.root / "build" / name).symlink_to(ROOT / "build" / name)

    def write(self, name, content, age=None):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content))
        self.addCleanup(path.unlink)
        if age is not None:
            os.utime(path, (age, age))

    def page(self, status=0):
        done = subprocess.run([sys.executable, self.root / "spec/report/write.py"],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, status, done.stderr)
        return (self.root / "build/report/index.html").read_text()

    def test_nothing_was_run(self):
        page = self.page()
        for target in ("verify", "theorems", "coverage", "bench"):
            self.assertIn(f"not run here: <code>make {target}</code>", page)
        self.assertIn("The whole experiments were not run here", page)

    COVERAGE = {"files": [], "line_percent": 12.5, **{
        f"{kind}_{part}": 8 for kind in ("line", "branch", "function")
        for part in ("covered", "total")}}

    def test_results_of_this_state_are_shown(self):
        self.write("build/coverage/summary.json", self.COVERAGE)
        page = self.page()
        self.assertIn("12.5 % of lines", page)
        self.assertNotIn("<code>make coverage</code>", page)

    def test_results_of_an_earlier_state_are_not(self):
        self.write("build/coverage/summary.json", self.COVERAGE, age=0)
        page = self.page()
        self.assertIn("not run here: <code>make coverage</code> (src/", page)
        self.assertNotIn("12.5 % of lines", page)

    def test_proofs_are_shown_by_function_with_their_claims(self):
        row = {"name": "ist_fixed_point", "goals": 7, "proved": 7, "by": {"Qed": 3, "CVC5": 4},
               "seconds": 1.5, "smoke_tests": 2}
        self.write("build/wp/verify.json", {
            "complete": True, "goals": 7, "proved": 7, "smoke_tests": 2, "seconds": 1.5,
            "problems": [], "axioms": [], "fingerprint": fingerprint.take(self.root),
            "units": [{"file": "src/kernel/homogeneous.c", "rows": [row]}]})
        page = self.page(status=1)
        self.assertIn("7 of 7 goals proved", page)
        self.assertRegex(page, r">ist_fixed_point</th><td>src/kernel/homogeneous.c</td>"
                               r'<td><a href="#P18">P18</a>, <a href="#R9">R9</a></td>')
        self.assertIn("the contract of ist_round has no goal in build/wp/verify.json", page)
        held = re.search(r'<tr id="P18".*?</tr>', page, re.S)[0]
        self.assertIn("<dt>C functions, proved</dt><dd><code>ist_fixed_point</code></dd>", held)
        self.assertIn("not run here</dt><dd><code>ist_homogeneous_rounds</code></dd>", held)
        self.assertIn("<dt>C functions, tested</dt><dd><code>ist_certify</code></dd>", page)

    def test_a_dangling_reference_is_named_and_fails(self):
        path = self.root / "spec/claims.csv"
        text = path.read_text()
        self.addCleanup(path.write_text, text)
        path.write_text(text.replace("Theorem1.W_psd", "Theorem1.W_bad", 1))
        self.assertIn("P06: no headline theorem Theorem1.W_bad", self.page(status=1))


class Formulas(unittest.TestCase):
    """Formulas as MathML: their structure, and the refusal of LaTeX of other kinds."""

    @classmethod
    def setUpClass(cls):
        sys.path.insert(0, str(ROOT / "spec/report"))
        import mathml
        cls.mathml = staticmethod(mathml.mathml)

    def test_structure(self):
        self.assertEqual(self.mathml(r"x_k^2"), "<math><mrow><msubsup><mi>x</mi><mi>k</mi>"
                         "<mn>2</mn></msubsup></mrow></math>")
        self.assertIn("<mfrac><mn>1</mn><mi>n</mi></mfrac>", self.mathml(r"\tfrac1n"))
        self.assertIn("<mfrac><mn>8</mn><mn>1</mn></mfrac><mn>5</mn>", self.mathml(r"\tfrac815"))
        self.assertIn("not a", self.mathml(r"\text{not a}").replace("\u00a0", " "))

    def test_refused(self):
        for formula in (r"\frobnicate x", r"\frac{1}", r"{x", r"x}", r"\mathbb{Q}", "é"):
            with self.assertRaises(ValueError, msg=formula):
                self.mathml(formula)


if __name__ == "__main__":
    unittest.main()
