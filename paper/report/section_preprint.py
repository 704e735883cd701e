"""The preprint's text: what is to be corrected in it, and what each of its equations is to us."""

import claims
import preprint
from markup import section, table, text
from mathml import mathml


def mixed(plain):
    """Text with formulas between dollars."""
    return "".join(mathml(part) if k % 2 else text(part) for k, part in enumerate(plain.split("$")))


def links(names):
    return ", ".join(f'<a href="#{name}">{name}</a>' for name in names.split())


def corrections(root):
    return [(links(entry.id), entry.kind, links(entry.about), mixed(entry.quotation),
             text(entry.place), mixed(entry.resolved), mixed(entry.consequence))
            for entry in claims.corrections(root)]


def equations(root):
    return [(text(entry.equation), text(entry.what),
             entry.claims if entry.claims in preprint.CLAIMLESS else links(entry.claims))
            for entry in claims.equations(root)]


def render(root):
    return section("preprint", "The preprint's text", (
        "<p>A slip: the intended formula stands elsewhere in the text. A remark is ours: a reading "
        f"that the text does not make. {text(claims.NOTE)}</p>"
        + table("Corrections and remarks", ("id", "kind", "on", "quoted", "place",
                "resolved in the text", "consequence"), corrections(root))
        + "<details><summary>Every equation, and the claims that stand there</summary>"
        + table("Equations", ("equation", "what it is", "claims"), equations(root)) + "</details>"))
