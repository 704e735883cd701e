"""One version everywhere, one licence for every file, and metadata that can be read."""

import json
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION = (ROOT / "VERSION").read_text().strip()


def text(name):
    return (ROOT / name).read_text()


class Citing(unittest.TestCase):
    def test_version_is_a_semantic_one(self):
        self.assertRegex(VERSION, r"^\d+\.\d+\.\d+$")

    def test_every_file_has_the_version(self):
        found = {"CITATION.cff": re.findall(r"^version: (.*)$", text("CITATION.cff"), re.M),
                 "codemeta.json": [json.loads(text("codemeta.json"))["version"]],
                 ".zenodo.json": [json.loads(text(".zenodo.json"))["version"]],
                 "CHANGELOG.md": re.findall(r"^## ([\d.]+)", text("CHANGELOG.md"), re.M)[:1]}
        self.assertEqual(found, {name: [VERSION] for name in found})

    def test_the_program_has_the_version(self):
        done = subprocess.run([ROOT / "build/ist", "--version"], capture_output=True, text=True)
        self.assertEqual(done.stdout.splitlines()[0], f"ist {VERSION}")

    def test_the_paper_is_cited(self):
        citation = text("CITATION.cff")
        for key in ("references:", "preferred-citation:"):
            self.assertRegex(citation, rf"(?ms)^{key}\n.*?arXiv:2306\.16484")
        article = json.loads(text("codemeta.json"))["referencePublication"]
        self.assertIn("2306.16484", article["url"])
        related = json.loads(text(".zenodo.json"))["related_identifiers"]
        self.assertEqual([item["identifier"] for item in related], ["arXiv:2306.16484"])

    def test_the_same_keywords(self):
        block = re.search(r"^keywords:\n((?:  - .*\n)+)", text("CITATION.cff"), re.M)[1]
        keywords = re.findall(r"- (.*)", block)
        self.assertEqual(json.loads(text("codemeta.json"))["keywords"], keywords)
        self.assertEqual(json.loads(text(".zenodo.json"))["keywords"], keywords)

    def test_the_licence_is_the_one_that_reuse_sees(self):
        self.assertEqual(text("LICENSE"), text("LICENSES/MIT.txt"))

    def test_reuse(self):
        done = subprocess.run(["reuse", "--root", ROOT, "lint"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
