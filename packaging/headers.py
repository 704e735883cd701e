#!/usr/bin/env -S python3 -B
"""What C headers declare, with its documentation. usage: headers.py HEADER...: the functions' names
"""

import re
import sys


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
    """The comment's paragraphs, without its stars and its claim numbers; those of a list begin with
    "- "."""
    lines = [re.sub(r"^ *\*( |$)", "", line).strip() for line in comment.strip().splitlines()]
    text = re.sub(r"\s+\[claim [^]]*\]", "", "\n".join(lines))
    return [" ".join(part.split()) for part in re.split(r"\n\n+|\n(?=- )", text) if part.strip()]


if __name__ == "__main__":
    for path in sys.argv[1:]:
        for _, functions in declarations(path):
            for name, _ in functions:
                print(name)
