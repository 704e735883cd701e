"""What proofs/coq lists: its headline theorems, the instances of their hypotheses, what is open."""


def rows(path):
    """The words of each line of a text file that is neither empty nor a comment."""
    return [line.split() for line in path.read_text().splitlines()
            if line.strip() and not line.startswith("#")]


def headline(root):
    """FILE.NAME -> what it may rest on, as headline.txt has it."""
    return {f"{file}.{name}": kind for file, name, kind in rows(root / "proofs/coq/headline.txt")}


def instances(root):
    """Instance of hypotheses -> the theorems that it serves."""
    return {name: served for name, *served in rows(root / "proofs/coq/instances.txt")}


def open_parts(root):
    """Claim -> why it, or the named part of it, has no theorem."""
    return {name: " ".join(words) for name, *words in rows(root / "proofs/coq/open.txt")}
