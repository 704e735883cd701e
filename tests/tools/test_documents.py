"""Every command in every document is run, every excerpt is what stands in the file, every link holds.

Fenced blocks:
  sh          run in a directory with the sources and the products; must succeed
  text        after a block of sh: each of its lines must be among those printed
  python      run, as sh is
  sh long     not run: each line must be `make` with targets that exist
  c FILE, coq FILE   must stand in FILE as they are
"""

import glob
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROOMS = ("spec", "src", "proofs", "tests", "coverage", "packaging", "paper")
FENCE = re.compile(r"^( *)```(\S[^\n]*|)\n(.*?)^\1```$", re.S | re.M)
NAME = r"(?<![\w/.])(?:%s)/[\w./*-]*" % "|".join(ROOMS)


def documents():
    return [ROOT / name for pattern in ("*.md", "spec/*.md", "proofs/*.md", "tests/*.md", "paper/*.md")
            for name in sorted(glob.glob(pattern, root_dir=ROOT))]


def blocks(path):
    """(kind, text) of the fenced blocks, in order, without their indentation."""
    for indent, kind, body in FENCE.findall(path.read_text(encoding="utf-8")):
        yield kind, re.sub(rf"^{indent}", "", body, flags=re.M)


def prose(path):
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def squeezed(text):
    return [" ".join(line.split()) for line in text.splitlines()]


def targets():
    """The targets that the Makefile names, patterns left out."""
    database = subprocess.run(["make", "-pRrq", "-C", ROOT], capture_output=True, text=True,
                              errors="replace").stdout
    return set(re.findall(r"^([\w./-]+):(?!=)", database, re.M))


def for_each_document(check):
    """A test of one document as a test of all."""
    def test(self):
        for path in documents():
            with self.subTest(path.relative_to(ROOT)):
                check(self, path)
    return test


class Documents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.targets = targets()
        done = subprocess.run([ROOT / "build/ist", "--help"], capture_output=True, text=True)
        cls.commands = set(re.findall(r"^  ([a-z]+) ", done.stdout, re.M))

    def test_there_are_documents_and_commands(self):
        kinds = [kind for path in documents() for kind, _ in blocks(path)]
        self.assertGreaterEqual(len(documents()), 8)
        self.assertGreaterEqual(kinds.count("sh"), 10)

    @for_each_document
    def test_every_block_is_of_a_known_kind(self, path):
        for kind, _ in blocks(path):
            self.assertRegex(kind, r"^(sh|sh long|text|python|(c|coq) \S+)$")

    @for_each_document
    def test_no_block_is_merely_indented(self, path):
        lines = re.sub(r"^(- |\d+\. ).*(\n {2,}.*|\n(?=\n {2,}))*", "", prose(path), flags=re.M)
        indented = [line for line in lines.splitlines() if line.startswith("    ")]
        self.assertEqual(indented, [])

    @for_each_document
    def test_commands_run_and_print_what_is_said(self, path):
        """The blocks of one document, one after the other in one directory."""
        with tempfile.TemporaryDirectory() as scratch:
            for entry in ROOT.iterdir():
                if entry.name != "out":
                    (pathlib.Path(scratch) / entry.name).symlink_to(entry)
            printed = None
            for kind, body in blocks(path):
                if kind == "text":
                    self.assertIsNotNone(printed, f"nothing was run before {body!r}")
                    for line in filter(None, squeezed(body)):
                        self.assertIn(line, squeezed(printed))
                elif kind in ("sh", "python"):
                    printed = self.run_one(kind, body, scratch)

    def run_one(self, kind, body, folder):
        command = ["sh", "-euc", body] if kind == "sh" else ["/usr/bin/python3", "-c", body]
        environment = dict(os.environ, IST_NO_INSTALL="1", OPENBLAS_NUM_THREADS="1", MAKEFLAGS="",
                           OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
                           OMPI_MCA_rmaps_base_oversubscribe="1")
        done = subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=900)
        self.assertEqual(done.returncode, 0, f"{body}\n{done.stdout[-4000:]}")
        return done.stdout

    def assert_targets(self, command):
        for word in command.split()[1:]:
            if "=" not in word:
                self.assertTrue(word in self.targets, f"{command}: no target {word}")

    @for_each_document
    def test_long_commands_are_targets(self, path):
        for kind, body in blocks(path):
            for line in body.splitlines() if kind == "sh long" else []:
                self.assertRegex(line, r"^make [a-z]")
                self.assert_targets(re.sub(r"\s+#.*", "", line))

    @for_each_document
    def test_targets_in_the_text_exist(self, path):
        for command in re.findall(r"`(make(?: [^`]+)?)`", prose(path)):
            self.assert_targets(command)

    @for_each_document
    def test_subcommands_and_options_in_the_text_exist(self, path):
        for command in re.findall(r"`(?:build/)?ist ([a-z][^`]*)`", prose(path)):
            words = command.split()
            self.assertIn(words[0], self.commands, command)
            kind = words[1:2] if words[0] == "problem" else []
            done = subprocess.run([ROOT / "build/ist", words[0], *kind, "--help"],
                                  capture_output=True, text=True)
            for option in re.findall(r"--[a-z-]+", command):
                self.assertIn(option, done.stdout, command)

    @for_each_document
    def test_excerpts_stand_in_their_files(self, path):
        for kind, body in blocks(path):
            if match := re.match(r"(?:c|coq) (\S+)", kind):
                self.assertIn(body, (ROOT / match[1]).read_text(), match[1])

    @for_each_document
    def test_files_in_the_text_exist(self, path):
        for code in re.findall(r"`([^`\n]+)`", prose(path)):
            for name in re.findall(NAME, code):
                found = glob.glob(name.rstrip("."), root_dir=ROOT)
                placeholder = re.search(r"NAME|[A-Z]+/", code) or "/..." in code
                self.assertTrue(found or placeholder, name)

    @for_each_document
    def test_links_resolve(self, path):
        for target in re.findall(r"\]\(([^)\s]+)\)", prose(path)):
            if re.match(r"[a-z]+://", target):
                continue
            name, _, anchor = target.partition("#")
            file = (path.parent / name).resolve() if name else path
            self.assertTrue(file.exists(), target)
            if line := re.fullmatch(r"L(\d+)", anchor):
                self.assertLessEqual(int(line[1]), file.read_text().count("\n"), target)
            elif anchor:
                self.assertIn(anchor, self.anchors(file), target)

    def anchors(self, path):
        text = path.read_text(encoding="utf-8")
        headings = re.findall(r"^#+ (.*)$", text, re.M)
        slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
                 for heading in headings}
        return slugs | set(re.findall(r'<a id="([^"]+)">', text))


if __name__ == "__main__":
    unittest.main()
