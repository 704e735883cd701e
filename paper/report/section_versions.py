"""The versions of the program, of its libraries and of every tool."""

import re
import subprocess

from markup import section, table, text


def output(command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def packages(root):
    """(package, what it is for, version) of each line of packages.txt."""
    for line in (root / "packages.txt").read_text().splitlines():
        if match := re.match(r"([\w.+-]+)\s*#\s*(.*)", line):
            done = subprocess.run(["dpkg-query", "-W", "-f=${Version}", match[1]],
                                  capture_output=True, text=True)
            yield match[1], match[2], done.stdout or "not installed here"


def program(root):
    """The lines of `ist --version`."""
    return output([root / "build/ist", "--version"]).splitlines()


def render(root):
    lines = "".join(f"<li>{text(line)}</li>" for line in program(root))
    rows = [(text(name), text(version), text(purpose)) for name, purpose, version in packages(root)]
    return section("versions", "Versions", f"<ul>{lines}</ul>" + table(
        "Debian packages", ("package", "version", "for"), rows))
