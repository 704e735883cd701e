"""The tools that the proofs are made with, in the versions that their verdicts were recorded with,
and the options that another version would take otherwise."""

import subprocess

# Command, and what its answer begins with. Debian 12 ships Frama-C 25.0 under the name of its beta.
VERSIONS = [(["frama-c", "-version"], "25.0-beta (Manganese)"),
            (["why3", "--version"], "Why3 platform, version 1.5.1"),
            (["cvc5", "--version"], "This is cvc5 version 1.0.3"),
            (["z3", "--version"], "Z3 version 4.8.12")]

# After Frama-C 25: 27 shortens the default time limit and splits goals otherwise; 28 drops the
# options on termination and fills in exits and terminates; 29 takes Why3 1.7; 33 names the
# simplifications otherwise and finds the provers by itself.
TERMINATION = ["-wp-frama-c-stdlib-terminate"]
# Simplifications that take Frama-C longer than they save the provers.
SIMPLIFICATIONS = ["-wp-no-ground", "-wp-no-filter-init", "-wp-no-pruning", "-wp-no-parasite"]
SPLITTING = ["-wp-split"]
# A script for every goal, however fast its proof: it says who proved it, and in how many steps.
SCRIPTS = ["-wp-time-margin", "100000"]


def problems():
    """Tools in another version than the one expected."""
    for command, expected in VERSIONS:
        try:
            found = subprocess.run(command, capture_output=True, text=True).stdout.strip()
        except OSError:
            found = "nothing"
        if not found.startswith(expected):
            yield f"{command[0]}: {expected} is wanted, here is {found.partition(chr(10))[0]}"
