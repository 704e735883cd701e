"""Why3 configuration, drivers and library for the proofs, generated from the installed Why3's.

Why3's own drivers map C's doubles to the provers' floating-point theory, on which goals that mix
floats and reals run out of memory. Ours leave the theory axiomatic (Why3's ieee_float), and our
copy of its library keeps only those of its axioms that the proofs use: the others widen the
provers' search, and every goal has to carry them. What is dropped is a hypothesis, so that dropping
it can make a proof fail but never succeed.
"""

import pathlib
import re
import subprocess

# The axioms of ieee_float that stay, for doubles; for floats none does. The last four are
# obligations of its instances, not hypotheses.
DOUBLE_AXIOMS = """
    is_finite is_not_finite is_not_nan max_real_int Bounded_real_no_overflow
    add_finite sub_finite mul_finite div_finite neg_finite abs_finite sqrt_finite
    le_finite lt_finite le_special lt_special eq_to_real_finite negative_xor_positive
    zeroF_is_positive zeroF_is_zero zero_of_int zero_to_real
    eb_gt_1 sb_gt_1 max_int pow2sb""".split()
FLOAT_AXIOMS = ["eb_gt_1", "sb_gt_1", "max_int", "pow2sb"]
# A declaration lasts until the next one at its own indentation, or until its module ends.
PROPERTY = re.compile(r"^  (?:axiom|lemma) (\w+)\b.*?(?=^  (?!forall)\S|^end)", re.S | re.M)

# Of WP's theory of floats, what is about single precision and infinities: no proof uses it.
UNUSED = ("frama_c_wp.cfloat.Cfloat", """
    to_float_is_finite_32 to_f32_range_round to_f32_range_finite to_f32_minus_infinity
    to_f32_plus_infinity is_zero_to_f32_zero real_0_is_zero_f32
    to_f64_minus_infinity to_f64_plus_infinity""".split())

# Transformations left out of the drivers, each a pass over every goal: our goals have no inductive
# predicate, no epsilon term and no counterexample.
PASSES = ["eliminate_inductive", "eliminate_epsilon", "prepare_for_counterexmp"]

CONFIGURATION = """\
[main]
magic = 14
stdlib = false
loadpath = "{library}"
memlimit = 4000
running_provers_max = 2
timelimit = 10
"""

ENTRY = """
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

# The options that limit a prover to a number of steps, and print how many it took. A step of CVC5
# is one of its resource units, a step of Z3 a hundred of its own: a second is some 10^5 steps of
# either.
LIMITED = {"cvc5": "--stats-internal --rlimit={steps}", "z3": "-st rlimit={steps}00"}
STEPS = {"cvc5": r"""steps "resource::resourceUnitsUsed = \\([0-9]+\\)" 1
""", "z3": r"""steps ":rlimit-count +\\([0-9]+\\)[0-9][0-9]" 1
"""}
SIZES = range(13, 26)  # limits are powers of two, each an entry of its own

CVC5, Z3 = ("CVC5", "1.0.3"), ("Z3", "4.8.12")
SMT2 = "/usr/bin/cvc5 --lang=smt2"
# Name in options -> name, version, alternative, driver, command.
PROVERS = {
    "cvc5m": (*CVC5, "minimal", "cvc5",
              f"{SMT2} --no-cegqi --trigger-sel=max --trigger-active-sel=min --nl-ext=none"),
    "cvc5l": (*CVC5, "linear", "cvc5", f"{SMT2} --no-cegqi --trigger-sel=max --nl-ext=none"),
    "cvc5d": (*CVC5, "delayed", "cvc5",
              f"{SMT2} --no-cegqi --trigger-sel=max --nl-ext=none --inst-when=full-delay"),
    "cvc5i": (*CVC5, "induction", "cvc5", f"{SMT2} --quant-ind"),
    "cvc5n": (*CVC5, "nofp", "cvc5", f"{SMT2} --no-cegqi"),
    "z3": (*Z3, "nofp", "z3", "/usr/bin/z3 -smt2 sat.random_seed=42 nlsat.randomize=false "
                              "smt.random_seed=42"),
}


def without_floats(driver):
    """The driver's text without its mapping of floats to the prover's own."""
    driver = re.sub(r'^import "smt-libv2-floats\.gen"\n', "", driver, flags=re.M)
    return re.sub(r"^theory ieee_float\..*?^end\n", "", driver, flags=re.M | re.S)


def without_unused():
    """The part of a driver that takes the unused axioms from every goal."""
    theory, names = UNUSED
    return f"theory {theory}\n" + "".join(f"  remove prop {name}\n" for name in names) + "end\n"


def without_steps(driver):
    """The driver's text without its own pattern for the steps that a prover took."""
    return re.sub(r"^steps .*\n", "", driver, flags=re.M)


def without_passes(driver):
    """The driver's text without the transformations that do nothing for our goals."""
    return re.sub(rf'^ *transformation "({"|".join(PASSES)})"\n', "", driver, flags=re.M)


def copy_imports(text, source, directory):
    """Copy the files that a driver imports, and theirs, beside it."""
    for name in re.findall(r'^import "([^"]+)"', text, flags=re.M):
        imported = (source / name).read_text()
        (directory / name).write_text(imported)
        copy_imports(imported, source, directory)


def keep(text, names):
    """The text of a module with only the named ones of its axioms and lemmas."""
    return PROPERTY.sub(lambda match: match[0] if match[1] in names else "", text)


def pruned(floats):
    """The text of ieee_float.mlw with the axioms of doubles above and no others."""
    modules = dict(re.findall(r"^module (\w+)\n(.*?^end)$", floats, flags=re.S | re.M))
    generic, double = modules["GenericFloat"], keep(modules["Float64"], DOUBLE_AXIOMS)
    single = keep(modules["Float32"], FLOAT_AXIOMS).replace("GenericFloat", "SingleFloat")
    return "\n\n".join(f"module {name}\n{text}" for name, text in [
        ("RoundingMode", modules["RoundingMode"]),
        ("GenericFloat", keep(generic, DOUBLE_AXIOMS)), ("SingleFloat", keep(generic, FLOAT_AXIOMS)),
        ("Float32", single), ("Float64", double),
        ("FloatConverter", keep(modules["FloatConverter"], []))]) + "\n"


def write_library(source, library):
    """Link the files of Why3's library, except for the pruned one."""
    library.mkdir(exist_ok=True)
    for file in source.iterdir():
        link = library / file.name
        link.unlink(missing_ok=True)
        if file.name == "ieee_float.mlw":
            link.write_text(pruned(file.read_text()))
        else:
            link.symlink_to(file)


def write(directory):
    """Write all of it to a directory."""
    directory.mkdir(parents=True, exist_ok=True)
    datadir = subprocess.run(["why3", "--print-datadir"], check=True, capture_output=True, text=True)
    datadir = pathlib.Path(datadir.stdout.strip())
    source = datadir / "drivers"
    library = directory.resolve() / "library"
    write_library(datadir / "stdlib", library)
    prelude = {"cvc5": 'prelude "(set-logic ALL)"\n', "z3": ""}
    for name, origin in (("cvc5", "cvc4_16.gen"), ("z3", "z3_440.drv")):
        text = without_steps(without_passes(without_floats((source / origin).read_text())))
        driver = prelude[name] + STEPS[name] + text + without_unused()
        copy_imports(driver, source, directory)
        (directory / f"{name}.drv").write_text(driver)

    def entry(prover, size):
        name, version, alternative, driver, options = PROVERS[prover]
        command = f"{options} {LIMITED[driver].format(steps=2 ** size)} %f"
        return ENTRY.format(name=name, version=version, alternative=f"{alternative}{size}",
                            shortcut=f"{prover}{size}", command=command,
                            driver=directory.resolve() / f"{driver}.drv")

    (directory / "why3.conf").write_text(
        CONFIGURATION.format(library=library)
        + "".join(entry(prover, size) for prover in PROVERS for size in SIZES))
