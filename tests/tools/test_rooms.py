"""The rooms of src: includes lead down, from one room to those before it, and in no circle."""

import pathlib
import re
import unittest

SRC = pathlib.Path(__file__).resolve().parents[2] / "src"
# Each room may use those before it; mpi and the library, which is what ist.h names, end with run.
ROOMS = ["kernel", "machine", "problem", "moments", "spectral", "run", "check", "reproduce", "mpi",
         "cli"]
LIBRARY = ROOMS[:ROOMS.index("run") + 1]


def includes(path):
    return re.findall(r'^#include "([^"]+)"$', path.read_text(encoding="utf-8"), re.M)


def edges():
    """(file, what it includes) as they stand: "file.h" of the same room, "room/file.h" of others."""
    for path in sorted(SRC.glob("*/*.[ch]")):
        for name in includes(path):
            if not name.startswith("../../spec/"):
                yield path.relative_to(SRC), name


def below(room):
    return LIBRARY if room == "mpi" else ROOMS[:ROOMS.index(room)]


def module(path):
    """A .c and its .h are one."""
    return str(pathlib.PurePath(path).with_suffix(""))


class Rooms(unittest.TestCase):
    def test_every_file_has_a_room(self):
        self.assertEqual(sorted(ROOMS), sorted(path.name for path in SRC.iterdir()
                                               if path.is_dir()))

    def test_one_style(self):
        for path, name in edges():
            with self.subTest(path=path, include=name):
                self.assertNotEqual(name.split("/")[0], path.parts[0])
                target = SRC / name if "/" in name else SRC / path.parent / name
                self.assertTrue(target.exists())

    def test_a_header_declares_what_its_namesake_defines(self):
        """name.h is for name.c, or, where there are several, for name_*.c."""
        for path in SRC.glob("*/*.h"):
            text = re.sub(r"/\*.*?\*/|static inline .*?^}", "", path.read_text(encoding="utf-8"),
                          flags=re.S | re.M)
            code = "".join(source.read_text(encoding="utf-8") for source in path.parent.glob("*.c")
                           if (source.stem + "_").startswith(path.stem + "_"))
            for name in re.findall(r"^(?!typedef)\w[\w *]*?\b(ist_\w+)\(", text, re.M):
                with self.subTest(header=path, function=name):
                    self.assertTrue(re.search(rf"^\w[\w *]*?\b{name}\(", code, re.M))

    def test_edges_lead_down(self):
        for path, name in edges():
            if "/" in name:
                with self.subTest(path=path, include=name):
                    self.assertIn(name.split("/")[0], below(path.parts[0]))
        self.assertLessEqual({name.split("/")[0] for name in includes(SRC / "ist.h")}, set(LIBRARY))

    def test_no_circle_of_files(self):
        uses = {}
        for path, name in edges():
            target = module(name if "/" in name else path.parent / name)
            if target != module(path):
                uses.setdefault(module(path), set()).add(target)
        done = set()

        def visit(node, above):
            self.assertNotIn(node, above, " -> ".join([*above, node]))
            if node not in done:
                for other in sorted(uses.get(node, ())):
                    visit(other, [*above, node])
                done.add(node)

        for node in sorted(uses):
            visit(node, [])


if __name__ == "__main__":
    unittest.main()
