"""The figures of `ist reproduce`, inline, each with what was checked on it."""

import base64

import figures
from markup import absent, section, table, text


def number(value):
    return "none" if value is None else f"{value:.5g}"


def findings(summary, name):
    rows = [(f'<a href="#{row["id"].split("-")[0]}">{text(row["id"])}</a>',
             text(row["statement"].split(": ", 1)[1]), number(row["bound"]), number(row["value"]),
             text(row["verdict"])) for row in summary["claims"]
            if row["statement"].startswith(name + ":")]
    return table(f"Checked on {name}", ("claim", "statement", "bound", "value", "verdict"), rows,
                 numeric=(2, 3))


def figure(root, folder, summary, name, registry):
    svg = base64.b64encode((root / folder / f"{name}.svg").read_bytes()).decode()
    about = [claim for claim in registry if name in claim.figure]
    statements = "; ".join(f"{claim.id}: {claim.statement}" for claim in about)
    return (f'<figure id="figure-{name}"><h3>{text(name.capitalize())}</h3>'
            f'<img alt="{text(statements)}" src="data:image/svg+xml;base64,{svg}">'
            f"<figcaption>{text(statements)}</figcaption>"
            f"<details><summary>What was checked on it</summary>{findings(summary, name)}"
            "</details></figure>")


def render(root, registry):
    folder = figures.folder(root)
    if not folder:
        return section("figures", "Figures", absent("reproduce"))
    summary = figures.summary(root)
    note = f"<p>A {text(summary['note'])}. Seed {summary['seed']}, {summary['runs']} runs.</p>"
    if summary["quick"]:
        note += ('<p class="absent">These are quick figures, of smaller sizes. The whole '
                 "experiments were not run here: <code>make reproduce</code></p>")
    return section("figures", "Figures", note + "".join(
        figure(root, folder, summary, name, registry) for name in sorted(figures.drawn(root))))
