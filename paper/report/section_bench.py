"""Speed and memory against peers: the last `make bench`."""

import json

import freshness
from markup import absent, section, table, text


PREFIXES = ((1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n"))


def quantity(value, unit):
    """Four digits, with the prefix that makes it at least 1."""
    if value is None:
        return "none"
    scale, prefix = next((p for p in PREFIXES if abs(value) >= p[0]), (1, ""))
    return f"{value / scale:.4g} {prefix}{text(unit)}"


def goal(row):
    if row["target"] is None:
        return "", ""
    (sense, bound), = row["target"].items()
    verdict = "" if row["met"] is None else "met" if row["met"] else "missed"
    return f"{sense.replace('_', ' ')} {bound:g}", verdict


def cells(row):
    ratio = text(row["reason"]) if row["ratio"] is None else f"{row['ratio']:.3g}"
    return (text(row["measure"]), text(row["against"]), row["n"], row["d"],
            quantity(row["ours"], row["unit"]), quantity(row["theirs"], row["unit"]), ratio,
            text(row["ratio_of"]), *goal(row))


def render(root):
    path = root / "build/bench/bench.json"
    reason = freshness.reason(root, path, *freshness.code(root), *root.glob("tests/bench/*"))
    if reason is not None:
        return section("bench", "Speed", absent("bench", reason))
    report = json.loads(path.read_text())
    machine = report["machine"]
    note = (f"<p>{text(report['clock'].capitalize())}; one thread of {machine['cores']} cores, "
            f"{text(machine['blas'])}.</p>")
    if report["quick"]:
        note += '<p class="absent">Small sizes only; not run here: <code>make bench</code></p>'
    head = ("measure", "against", "n", "d", "ours", "theirs", "ratio", "of", "target", "")
    return section("bench", "Speed", note + table("Ratios to peers", head,
                                                  [cells(row) for row in report["rows"]],
                                                  numeric=range(2, 7)))
