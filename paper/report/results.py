"""What this checkout has measured, and whether it is of the present sources."""

import json


def absent(target, reason=""):
    """What stands in place of results that this checkout does not have."""
    return f"*Not run here: `make {target}`{f' ({reason})' if reason else ''}*\n\n"


def stale(root, result, sources):
    """Why the result does not count: "" if absent, what has changed since; None if it counts."""
    if not result.exists():
        return ""
    made = result.stat().st_mtime
    changed = next((path for path in sorted(sources) if path.stat().st_mtime > made), None)
    return f"{changed.relative_to(root)} has changed since" if changed else None


def load(root, name, *patterns):
    """(the JSON of a result, None), or (None, why it does not count)."""
    sources = [path for pattern in ("src/*/*.[ch]", *patterns) for path in root.glob(pattern)]
    reason = stale(root, root / name, sources)
    return (None, reason) if reason is not None else (json.loads((root / name).read_text()), None)
