"""The release archive builds and passes a test by itself, and knows the commit it was made from.

Run in an unpacked archive, which has no repository, the tests are about that tree.
"""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION = (ROOT / "VERSION").read_text().strip()
REPOSITORY = (ROOT / ".git").exists()
TEST = "build/tests/golden/test_golden_theorem2"


def run(command, folder=ROOT):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True,
                          env=dict(os.environ, OPENBLAS_NUM_THREADS="1", MAKEFLAGS=""))
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


class Archive(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.tree = ROOT
        if REPOSITORY:
            archive = ROOT / run(["make", "--no-print-directory", "-s", "dist"]).strip()
            run(["tar", "-xzf", archive, "-C", cls.scratch.name])
            cls.tree = pathlib.Path(cls.scratch.name) / f"ist-{VERSION}"

    def test_the_archive_is_the_same_every_time(self):
        if REPOSITORY:
            archive = ROOT / "build" / f"ist-{VERSION}.tar.gz"
            first = archive.read_bytes()
            run(["make", "dist"])
            self.assertEqual(archive.read_bytes(), first)
        else:
            done = subprocess.run(["make", "-s", "dist"], cwd=ROOT, capture_output=True, text=True)
            self.assertEqual(done.returncode, 2)
            self.assertIn("make dist: needs the repository", done.stderr)

    def test_the_archive_knows_its_commit(self):
        commit = run([".ci/commit"], self.tree).strip()
        self.assertRegex(commit, r"^[0-9a-f]{12}$")
        if REPOSITORY:
            self.assertTrue(run(["git", "rev-parse", "HEAD"]).startswith(commit))

    def test_the_archive_builds_and_passes_a_test(self):
        run(["make", "build", TEST], self.tree)
        version = run(["build/ist", "--version"], self.tree).splitlines()
        self.assertEqual(version[0], f"ist {VERSION}")
        self.assertEqual(version[1], "commit " + run([".ci/commit"], self.tree).strip())
        listed = re.match(r"golden_theorem2: (\d+) tests", run([TEST, "--list"], self.tree))
        tap = pathlib.Path(self.scratch.name) / "results.tap"
        run([TEST, f"--tap={tap}"], self.tree)
        passed = re.findall(r"^ok - (?!.*# SKIP)", tap.read_text(), re.M)
        self.assertEqual(len(passed), int(listed[1]))


if __name__ == "__main__":
    unittest.main()
