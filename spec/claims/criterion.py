"""The tests that the Criterion binaries list."""

import os
import re
import subprocess

ROOMS = ("unit", "golden", "reproduction", "commandline")


def binaries(root):
    return [root / "build" / path.relative_to(root).with_suffix("")
            for room in ROOMS for path in sorted((root / "tests" / room).glob("test_*.c"))]


def listed(root):
    """The tests as ROOM/SUITE.TEST. CalledProcessError if a binary fails, OSError if it lacks."""
    found, environment = set(), dict(os.environ, OPENBLAS_NUM_THREADS="1")
    for binary in binaries(root):
        listing = subprocess.run([binary, "--list"], check=True, capture_output=True, text=True,
                                 env=environment).stdout
        suite = None
        for line in listing.splitlines():
            if heading := re.match(r"(\S+): \d+ tests?$", line):
                suite = heading[1]
            elif entry := re.match(r"[├└]── (\S+)", line):
                found.add(f"{binary.parent.name}/{suite}.{entry[1]}")
    return found
