#!/usr/bin/env -S python3 -B
"""A manual page from its template, and from the one place that says what the page repeats:
the program's --help, or the comments of the public headers.

usage: page.py --release VERSION DATE (--program PROGRAM | --headers HEADER...) -o PAGE TEMPLATE

In the template, @name@ alone on a line is replaced: @version@ and @date@ everywhere; of a program
@synopsis@, @commands@ (its list of commands), @options@ (its own), @details@ (a subsection for each
command), @status@; of headers @synopsis@ (prototypes) and @functions@ (a paragraph for each).
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile

import headers
import roff


def help_of(program, *command):
    return subprocess.run([program, *command, "--help"], check=True, capture_output=True,
                          text=True).stdout


def blocks(text):
    """The parts of a --help: ("usage", lines), ("text", text) and ("item", term, text)."""
    parts = []
    for line in text.splitlines():
        entry = re.match(r"  (\S(?:.*?\S)?)(?:  +(\S.*))?$", line)
        if line.startswith("Usage: "):
            parts.append(("usage", [line[len("Usage: "):]]))
        elif line.startswith("       ist") and parts[-1][0] == "usage":
            parts[-1][1].append(line.strip())
        elif line.startswith("       ") and parts[-1][0] == "usage":
            parts[-1][1][-1] += " " + line.strip()
        elif not line.strip():
            parts.append(("end",))
        elif line.startswith("   ") and parts[-1][0] == "item":
            parts[-1] = ("item", parts[-1][1], f"{parts[-1][2]} {line.strip()}".strip())
        elif entry:
            parts.append(("item", entry[1], entry[2] or ""))
        elif parts[-1][0] == "text":
            parts[-1] = ("text", f"{parts[-1][1]} {line.strip()}")
        else:
            parts.append(("text", line.strip()))
    return [part for part in parts if part[0] != "end"]


def render(parts):
    """Paragraphs and lists."""
    out = ""
    for part in parts:
        if part[0] == "text":
            out += roff.paragraph(part[1])
        elif part[0] == "item":
            out += roff.item(roff.marked(part[1]), part[2])
    return out


def usage_lines(parts):
    return next(part[1] for part in parts if part[0] == "usage")


def details(program, command):
    """The subsection of one command."""
    parts = blocks(help_of(program, command))
    body = [p for p in parts if p[0] != "item" or p[1] != "--help"]
    return f".SS {program_name(program)} {command}\n{roff.lines(usage_lines(parts))}{render(body)}"


def program_name(program):
    return os.path.basename(program)


def from_program(program):
    parts = blocks(help_of(program))
    items = [p for p in parts if p[0] == "item"]
    commands = [p for p in items if not p[1].startswith("-")]
    names = list(dict.fromkeys(p[1].split()[0] for p in commands))
    synopsis = [line for name in names for line in usage_lines(blocks(help_of(program, name)))]
    synopsis += [f"{program_name(program)} [--help] [--version]"]
    status = next(p[1] for p in parts if p[0] == "text" and p[1].startswith("Exit status: "))
    codes = re.findall(r"(\d+) ([^,.;]+)", status)
    return {
        "synopsis": roff.lines(synopsis),
        "commands": render(commands),
        "options": render([p for p in items if p[1].startswith("-")]),
        "details": "".join(details(program, name) for name in names),
        "status": "".join(roff.item(roff.escape(code), text) for code, text in codes),
    }


def described(names, comment):
    """The list entry of functions that share a comment."""
    first, *rest = headers.paragraphs(comment)
    out = roff.item(f"\\fB{roff.escape(names)}\\fR", first)
    for text in rest:
        mark = ".RS\n.IP \\(bu 2\n" if text.startswith("- ") else ".IP\n"
        end = ".RE\n" if text.startswith("- ") else ""
        out += mark + roff.escape(text.removeprefix("- ")) + "\n" + end
    return out


def from_headers(paths):
    synopsis, functions = ".nf\n.B #include <ist.h>\n", ""
    for path in paths:
        for comment, prototypes in headers.declarations(path):
            functions += described(", ".join(name for name, _ in prototypes), comment)
            synopsis += "".join(".PP\n" + "".join(f"\\fB{roff.escape(line)}\\fR\n"
                                                  for line in folded(text))
                                for _, text in prototypes)
    return {"synopsis": synopsis + ".fi\n", "functions": functions}


def folded(prototype, width=70):
    """A prototype in lines that fit a terminal, broken after commas."""
    lines = [""]
    for part in re.findall(r"[^,]+,? ?", prototype):
        if len(lines[-1]) + len(part) > width and lines[-1]:
            lines.append("    ")
        lines[-1] += part
    return [line.rstrip() for line in lines]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--release", nargs=2, required=True)
    parser.add_argument("--program")
    parser.add_argument("--headers", nargs="+", default=[])
    parser.add_argument("-o", dest="page", required=True)
    parser.add_argument("template")
    options = parser.parse_args()
    values = from_program(options.program) if options.program else from_headers(options.headers)
    values["version"], values["date"] = options.release
    page = open(options.template, encoding="utf-8").read()
    page = re.sub(r"@(\w+)@\n?", lambda m: values[m[1]] + ("\n" if m[0].endswith("\n") and
                  m[1] in ("version", "date") else ""), page)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=os.path.dirname(options.page),
                                     delete=False) as file:
        file.write(page)
    os.chmod(file.name, 0o644)
    os.replace(file.name, options.page)


if __name__ == "__main__":
    sys.exit(main())
