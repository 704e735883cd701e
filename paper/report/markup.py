"""Pieces of HTML that every section uses."""

import html

ABSENT = "not run here"


def text(value):
    return html.escape(str(value))


def code(names):
    return ", ".join(f"<code>{text(name)}</code>" for name in names)


def table(caption, head, rows, numeric=()):
    """A table that scrolls sideways by itself; cells are HTML, columns in `numeric` are right-set.

    The first cell of a row is its heading; a row may begin with its attributes as a dictionary."""
    def cell(k, content):
        tag = 'th scope="row"' if k == 0 else "td"
        side = ' class="number"' if k in numeric else ""
        return f"<{tag}{side}>{content}</{tag.split()[0]}>"

    def line(row):
        attributes, cells = (row[0], row[1:]) if isinstance(row[0], dict) else ({}, row)
        named = "".join(f' {name}="{text(value)}"' for name, value in attributes.items())
        return f"<tr{named}>" + "".join(cell(k, c) for k, c in enumerate(cells)) + "</tr>"

    top = "".join(f'<th scope="col"{" class=number" if k in numeric else ""}>{name}</th>'
                  for k, name in enumerate(head))
    return (f'<div class="scroll" role="region" tabindex="0" aria-label="{text(caption)}">'
            f"<table><caption>{text(caption)}</caption><thead><tr>{top}</tr></thead><tbody>"
            + "\n".join(map(line, rows)) + "</tbody></table></div>")


def absent(target, reason=""):
    """What stands in place of results that this checkout does not have."""
    why = f" ({text(reason)})" if reason else ""
    return f'<p class="absent">{ABSENT}: <code>make {text(target)}</code>{why}</p>'


def section(name, title, content):
    return f'<section id="{name}" aria-labelledby="{name}-title">' \
           f'<h2 id="{name}-title">{text(title)}</h2>\n{content}\n</section>'
