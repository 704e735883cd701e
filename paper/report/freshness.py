"""Whether results are those of the present sources."""


def newer(result, *sources):
    """The first source changed after the result, as a path; None if there is none."""
    made = result.stat().st_mtime
    return next((path for path in sorted(sources) if path.stat().st_mtime > made), None)


def reason(root, result, *sources):
    """Why the result does not count: "" if absent, what has changed since; None if it counts."""
    if not result.exists():
        return ""
    changed = newer(result, *sources)
    return f"{changed.relative_to(root)} has changed since" if changed else None


def code(root):
    return [*root.glob("src/*/*.[ch]")]
