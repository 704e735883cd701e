"""What the paper's inputs are made from: programs run, and the refusal if something is missing."""

import subprocess


class Missing(Exception):
    """A source of the paper is missing or stale; the text is one line."""


def run(*command, cwd=None):
    """What the command prints; Missing if it fails."""
    try:
        done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True,
                              text=True)
    except OSError as error:
        raise Missing(f"{command[0]}: {error.strerror}") from None
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise Missing(f"{command[0]}: {lines[-1]}")
    return done.stdout
