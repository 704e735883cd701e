"""The Markdown of this project's documents as HTML: headings, paragraphs, lists, tables, code."""

import html
import re


def inline(text):
    """Code, links (their text alone), strong and emphasis. Everything else is escaped."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(element_of_code(part) if part.startswith("`") else spans(part)
                   for part in parts)


def element_of_code(part):
    return f"<code>{html.escape(part[1:-1])}</code>"


def spans(text):
    text = html.escape(text.replace("\\|", "|"), quote=False)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"(?<![\w*])\*([^*\s][^*]*)\*(?!\w)", r"<em>\1</em>", text)


def cells(line):
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def table(lines):
    head, body = cells(lines[0]), [cells(line) for line in lines[2:]]
    top = "".join(f'<th scope="col">{inline(cell)}</th>' for cell in head)
    rows = "".join("<tr>" + "".join(f"<td>{inline(cell)}</td>" for cell in row) + "</tr>"
                   for row in body)
    return (f'<div class="scroll" role="region" tabindex="0" aria-label="{html.escape(head[0])}">'
            f"<table><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table></div>")


def items(lines):
    """One list; lines that begin with two spaces continue an item."""
    found = []
    for line in lines:
        if line.startswith("- "):
            found.append(line[2:])
        else:
            found[-1] += " " + line.strip()
    return "<ul>" + "".join(f"<li>{inline(item)}</li>" for item in found) + "</ul>"


def block(lines, level):
    """One block of lines without a blank one; headings are moved down by `level`."""
    if heading := re.match(r"(#+) (.*)", lines[0]):
        depth = len(heading[1]) + level
        return f"<h{depth}>{inline(heading[2])}</h{depth}>"
    if lines[0].startswith("    "):
        return "<pre>" + html.escape("\n".join(line[4:] for line in lines)) + "</pre>"
    if lines[0].startswith("|"):
        return table(lines)
    if lines[0].startswith("- "):
        return items(lines)
    return f"<p>{inline(' '.join(line.strip() for line in lines))}</p>"


def split(text):
    """Blocks: at blank lines, and where a list or a table follows a paragraph directly."""
    found, kind = [[]], None
    for line in text.splitlines():
        now = "list" if line.startswith("- ") else "table" if line.startswith("|") else None
        if not line.strip() or (now and now != kind and found[-1]):
            found.append([])
            kind = None
        if line.strip():
            found[-1].append(line)
            kind = now or kind
    return [lines for lines in found if lines]


def render(text, level=0):
    return "\n".join(block(lines, level) for lines in split(text))


def sections(text):
    """Heading of level 2 -> the text under it, in order."""
    parts = re.split(r"^## (.*)\n", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))
