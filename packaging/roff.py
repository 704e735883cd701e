"""Text to the man macros of troff."""

import re


def escape(text):
    """Text that troff prints as it stands: its own characters, and hyphens that stay hyphens."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("^", "\\(ha").replace("~", "\\(ti")
    text = text.replace("'", "\\(aq").replace("`", "\\(ga")
    return re.sub(r"^\.", r"\\&.", text, flags=re.M)


def marked(term):
    """A term of a list: options and commands bold, what stands for a value italic."""
    words = re.split(r"(\s+|[=,\[\]|])", term)
    return "".join(
        f"\\fI{escape(w)}\\fR" if re.fullmatch(r"[A-Z][A-Z0-9_.a-z]*", w) and w != "IST"
        else f"\\fB{escape(w)}\\fR" if re.match(r"[-\w]", w) else escape(w)
        for w in words)


def lines(terms):
    """Terms on a line each, broken at spaces only."""
    return ".nh\n.ad l\n" + "\n.br\n".join(map(marked, terms)) + "\n.ad b\n.hy\n"


def paragraph(text):
    return f".PP\n{escape(text)}\n"


def item(term, text):
    return f".TP\n{term}\n{escape(text)}\n"
