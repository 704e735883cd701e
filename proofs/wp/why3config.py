"""Why3 configuration and drivers for the proofs, generated from the installed Why3's.

Why3's own drivers map C's doubles to the provers' floating-point theory, on which goals that mix
floats and reals run out of memory. Ours leave the theory axiomatic (Why3's ieee_float) and drop
those of its axioms that the proofs do not use (prune.drv).
"""

import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).parent

PROVERS = """\
[main]
magic = 14
memlimit = 4000
running_provers_max = 2
timelimit = 10
"""

PROVER = """
[prover]
name = "{name}"
version = "{version}"
alternative = "{alternative}"
shortcut = "{shortcut}"
command = "{command}"
driver = "{driver}"
editor = ""
in_place = false
interactive = false
"""

CVC5 = "/usr/bin/cvc5 --tlimit-per=%t000 --lang=smt2"
Z3 = ("/usr/bin/z3 -smt2 -T:%t sat.random_seed=42 nlsat.randomize=false smt.random_seed=42 %f")


def without_floats(driver):
    """The driver's text without its mapping of floats to the prover's own."""
    driver = re.sub(r'^import "smt-libv2-floats\.gen"\n', "", driver, flags=re.M)
    return re.sub(r"^theory ieee_float\..*?^end\n", "", driver, flags=re.M | re.S)


def copy_imports(text, source, directory):
    """Copy the files that a driver imports, and theirs, beside it."""
    for name in re.findall(r'^import "([^"]+)"', text, flags=re.M):
        imported = (source / name).read_text()
        (directory / name).write_text(imported)
        copy_imports(imported, source, directory)


def write(directory):
    """Write the configuration and its drivers to a directory; return the configuration's path."""
    directory.mkdir(parents=True, exist_ok=True)
    datadir = subprocess.run(["why3", "--print-datadir"], check=True, capture_output=True, text=True)
    source = pathlib.Path(datadir.stdout.strip()) / "drivers"
    prune = (HERE / "prune.drv").read_text()
    prelude = {"cvc5": 'prelude "(set-logic ALL)"\n', "z3": ""}
    for name, origin in (("cvc5", "cvc4_16.gen"), ("z3", "z3_440.drv")):
        driver = prelude[name] + without_floats((source / origin).read_text()) + prune
        copy_imports(driver, source, directory)
        (directory / f"{name}.drv").write_text(driver)

    def prover(name, version, alternative, shortcut, command, driver):
        return PROVER.format(name=name, version=version, alternative=alternative,
                             shortcut=shortcut, command=command,
                             driver=directory.resolve() / driver)

    configuration = directory / "why3.conf"
    configuration.write_text(
        PROVERS
        + prover("CVC5", "1.0.3", "nofp", "cvc5", f"{CVC5} --no-cegqi %f", "cvc5.drv")
        + prover("CVC5", "1.0.3", "linear", "cvc5l",
                 f"{CVC5} --no-cegqi --trigger-sel=max --nl-ext=none %f", "cvc5.drv")
        + prover("CVC5", "1.0.3", "induction", "cvc5i", f"{CVC5} --quant-ind %f", "cvc5.drv")
        + prover("Z3", "4.8.12", "nofp", "z3", Z3, "z3.drv"))
    return configuration
