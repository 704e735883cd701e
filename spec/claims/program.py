"""The claims that `ist check` evaluates: ids in the tables of src/cli/claims_*.c."""

import re

CHECKED = re.compile(r'^\s*\{"([A-Z]\d+)(?:-[\w-]+)?", "', re.M)


def checked(root):
    """The ids, without suffix, of the rows of `ist check`."""
    return {name for path in (root / "src/cli").glob("claims_*.c")
            for name in CHECKED.findall(path.read_text())}
