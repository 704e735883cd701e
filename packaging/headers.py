#!/usr/bin/env -S python3 -B
"""What C headers declare, with its documentation.

usage: headers.py HEADER...                     the names of the functions
       headers.py --manual TEMPLATE HEADER...   the library's manual page, in Markdown
"""

import re
import sys
import textwrap


def declarations(header):
    """(comment, [(name, prototype), ...]) of a header's functions, in order; functions declared
    under one comment are together."""
    text = open(header, encoding="utf-8").read()
    text = re.sub(r"/\*@.*?\*/|/\*\*<.*?\*/|__attribute__\(\(.*?\)\)\)|^#.*?$", "", text,
                  flags=re.S | re.M)
    text = re.sub(r"\{[^{}]*\}(?=[\w ]*;)", "", text)
    found = []
    for comment, statement in re.findall(r"/\*\*(.*?)\*/|([^;/]+;)", text, flags=re.S):
        function = re.match(r"(?!typedef)[\w *]*?\b(ist_\w+)\(", statement.strip())
        if function:
            found[-1][1].append((function[1], " ".join(statement.split())))
        elif comment:
            found.append((comment, []))
    return [entry for entry in found if entry[1]]


def paragraphs(comment):
    """The comment's paragraphs in Markdown, without its stars and its claim numbers."""
    lines = [re.sub(r"^ *\*( |$)", "", line).strip() for line in comment.strip().splitlines()]
    text = re.sub(r"\s+\[claim [^]]*\]", "", "\n".join(lines))
    for part in filter(str.strip, re.split(r"\n\n+|\n(?=- )", text)):
        plain = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(part.removeprefix("- ").split()))
        yield f"- {plain}" if part.startswith("- ") else plain


def manual(template, found):
    """The template with the prototypes for @synopsis@ and a list of the functions for @functions@."""
    synopsis = "".join("\n" + textwrap.fill(prototype, 64, subsequent_indent="    ") + "\n"
                       for _, functions in found for _, prototype in functions)
    functions = "".join(", ".join(f"**{name}**" for name, _ in functions) + "\n\n:   "
                        + "\n\n    ".join(paragraphs(comment)) + "\n\n"
                        for comment, functions in found)
    return template.replace("@synopsis@", f"```\n#include <ist.h>\n{synopsis}```") \
                   .replace("@functions@", functions)


def main():
    manual_of = sys.argv[2] if sys.argv[1] == "--manual" else None
    found = [entry for path in sys.argv[3 if manual_of else 1:] for entry in declarations(path)]
    if manual_of:
        print(manual(open(manual_of, encoding="utf-8").read(), found))
    else:
        print("\n".join(name for _, functions in found for name, _ in functions))


if __name__ == "__main__":
    main()
