"""What the tests reach: gcovr's summary, by room."""

import json

import freshness
from markup import absent, section, table, text

KINDS = ("line", "branch", "function")


def load(root):
    """(summary, None) or (None, why it does not count)."""
    path = root / "build/coverage/summary.json"
    reason = freshness.reason(root, path, *freshness.code(root))
    return (None, reason) if reason is not None else (json.loads(path.read_text()), None)


def share(covered, total):
    return f"{100 * covered / total:.1f} %" if total else "none"


def rooms(files):
    """Room -> sums of covered and total, by kind."""
    found = {}
    for file in files:
        room = "/".join(file["filename"].split("/")[:2])
        sums = found.setdefault(room, {})
        for kind in KINDS:
            for part in ("covered", "total"):
                key = f"{kind}_{part}"
                sums[key] = sums.get(key, 0) + file[key]
    return found


def cells(sums):
    for kind in KINDS:
        covered, total = sums[f"{kind}_covered"], sums[f"{kind}_total"]
        yield f"{share(covered, total)} <small>({covered} of {total})</small>"


def render(root):
    summary, reason = load(root)
    if not summary:
        return section("coverage", "What the tests reach", absent("coverage", reason))
    rows = [(text(room), *cells(sums)) for room, sums in rooms(summary["files"]).items()]
    rows.append(("all", *cells(summary)))
    return section("coverage", "What the tests reach",
                   table("Coverage by room", ("room", "lines", "branches", "functions"), rows,
                         numeric=(1, 2, 3)))
