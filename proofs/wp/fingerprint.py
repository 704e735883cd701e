"""What the verdict of `make verify` depends on, by content: a report counts while it is the same.

provers.csv is not in it: it orders the provers and limits them, but proves nothing.
"""

import hashlib

FILES = ("spec/*.h", "src/kernel/*.[ch]", "proofs/wp/*.h", "proofs/wp/*.py", "proofs/wp/verify",
         "proofs/wp/axioms.txt", "proofs/wp/axioms.acsl")


def take(root):
    """Path -> SHA-256 of every file whose change could change the verdict."""
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
            for pattern in FILES for path in sorted(root.glob(pattern))}
