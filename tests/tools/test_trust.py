"""The driver of the proofs cannot be fooled: every trick that could get a wrong function past it is
refused before anything is proved.

Each trick is put into a small copy of the tree, whose kernel is range.c, and the driver run there.
"""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = ["Makefile", "VERSION", "packaging/install.mk", "paper/paper.mk", "src/ist.h",
         "src/kernel/range.c", "src/kernel/range.h", "proofs/coq/Rounding.v",
         "proofs/coq/headline.txt", *(f"spec/{name}.h" for name in (
             "proof", "rounding", "magnitude", "arrays", "index", "symmetric"))]
CODE, HEADER = "src/kernel/range.c", "src/kernel/range.h"
# The check of an entry in ist_bounded, without which it is wrong, and a place before its end.
CHECK = """    if (!(v[j] <= bound && -bound <= v[j]))
      return false;
"""
ENTRY = "    /*@ assert entry: in_range(\\at(v[\\at(j,Here)], Pre), bound); */\n"
CONTRACT = """    terminates \\true;
    exits \\false;
    assigns \\nothing;
    ensures exact: \\result == true <==> bounded(v, d, bound);
"""
WHOLE = """/*@ terminates \\true;
    exits \\false;
    assigns \\nothing;
    ensures exact: \\result == 1; */
"""


class Tree(unittest.TestCase):
    """A copy of a part of the tree, and the driver in it."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name).resolve()
        for file in FILES:
            (self.root / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, self.root / file)
        shutil.copytree(ROOT / "proofs/wp", self.root / "proofs/wp",
                        ignore=shutil.ignore_patterns("__pycache__"))
        # What this part of the tree does not use.
        self.change("proofs/wp/axioms.txt", r"contract sqrt.*\n", "")
        self.change("proofs/wp/axioms.acsl", r"/\*@ logic real fl_sqrt.*", "")

    def change(self, file, pattern, replacement):
        text = (self.root / file).read_text()
        changed = re.sub(pattern, lambda match: replacement, text, flags=re.S)
        self.assertNotEqual(text, changed, f"{file}: {pattern}")
        (self.root / file).write_text(changed)

    def replace(self, file, old, new):
        self.change(file, re.escape(old), new)

    def write(self, file, text):
        """Add to a file: to a header, before the end of its guard."""
        path = self.root / file
        before, end = "", ""
        if path.exists():
            before, end, _ = path.read_text().rpartition("#endif") if path.suffix == ".h" else (
                path.read_text(), "", "")
        path.write_text(f"{before}{text}{end}\n")

    def header(self, file, text):
        name = f"IST_{'_'.join(pathlib.Path(file).parts[-2:])[:-2].upper()}_H"
        self.write(file, f"/** New. */\n#ifndef {name}\n#define {name}\n{text}#endif\n")

    def verify(self, *arguments):
        done = subprocess.run(["proofs/wp/verify", *arguments], cwd=self.root, capture_output=True,
                              text=True)
        return done.returncode, done.stdout + done.stderr

    def refused(self, message):
        """The driver ends before any proof, and says why."""
        status, output = self.verify()
        self.assertEqual(status, 1, output)
        self.assertIn(f"problem: {message}", output)
        self.assertTrue(output.endswith("what a proof could be believed of\n"), output)


class Assumptions(Tree):
    """What is taken without proof."""

    def wrong(self, annotation):
        """ist_bounded without its check, and an annotation in place of it."""
        self.replace(CODE, CHECK, f"    {annotation}\n")

    def test_admit(self):
        self.wrong("//@ admit in_range(v[j], bound);")
        self.refused("src/kernel/range.c: ist_bounded: admit")

    def test_admitted_invariant(self):
        self.wrong("")
        self.replace(CODE, "loop invariant bounded{Pre}", "admit loop invariant bounded{Pre}")
        self.refused("src/kernel/range.c: ist_bounded: admit")

    def test_admitted_ensures(self):
        self.wrong("")
        self.replace(HEADER, "ensures exact: \\result == true <==> bounded(",
                     "admit ensures exact: \\result == true <==> bounded(")
        self.refused("src/kernel/range.c: ist_bounded: admit")

    def test_admitted_lemma(self):
        self.wrong("")
        self.write(CODE, "//@ admit lemma falsity: \\false;\n")
        self.refused("src/kernel/range.c: axiom falsity is not in proofs/wp/axioms.txt")

    def test_axiom_by_macro(self):
        self.wrong("")
        self.write(HEADER, "#define FACT axiom\n/*@ axiomatic A { FACT bad: \\false; } */\n")
        self.refused("src/kernel/range.h: #define FACT axiom: a directive that may not stand here")

    def test_axiom_in_a_line(self):
        self.wrong("")
        self.replace(CODE, "bool ist_bounded",
                     "//@ axiomatic A { axiom bad: \\false; }\nbool ist_bounded")
        self.refused("src/kernel/range.c: axiomatic A is not in proofs/wp/axioms.acsl")

    def test_axiom_of_a_known_name_that_says_more(self):
        self.replace("spec/rounding.h", "\\abs(rnd(r) - r) <= 0x1p-53 * \\abs(r) + 0x1p-1074",
                     "rnd(r) == r")
        self.refused("spec/rounding.h: Rounding is not as in proofs/wp/axioms.acsl")

    def test_axiom_that_speaks_of_something_else(self):
        self.replace("spec/rounding.h", "rnd(real r) = (real)((double) r)", "rnd(real r) = r + 1")
        self.refused("spec/rounding.h: rnd is not as in proofs/wp/axioms.acsl")

    def test_inductive_predicate(self):
        self.write(CODE, "/*@ inductive odd(integer n) { case one: odd(1); } */\n")
        self.refused("src/kernel/range.c: ACSL inductive odd: may not stand here")

    def test_ghost_function_without_code(self):
        self.wrong("/*@ ghost believe(); */")
        self.replace(CODE, "bool ist_bounded", """/*@ ghost
  /@ terminates \\true; exits \\false; assigns \\nothing; ensures \\false; @/
  void believe(void); */

bool ist_bounded""")
        self.refused("src/kernel/range.c: believe has no code that is proved and no entry")

    def test_admit_in_a_ghost_function(self):
        self.wrong("/*@ ghost believe(); */")
        self.replace(CODE, "bool ist_bounded", """/*@ ghost
  /@ terminates \\true; exits \\false; assigns \\nothing; ensures \\false; @/
  void believe(void) {
    /@ admit \\false; @/
    ;
  } */

bool ist_bounded""")
        self.refused("src/kernel/range.c: believe: admit")

    def test_function_without_code(self):
        self.wrong("believe();")
        self.replace(CODE, "bool ist_bounded", WHOLE.replace("\\result == 1", "\\false")
                     + "void believe(void);\n\nbool ist_bounded")
        self.refused("src/kernel/range.c: believe has no code that is proved and no entry")

    def test_recursive_function_that_does_not_descend(self):
        self.write("spec/index.h", "/*@ logic integer up(integer n) = n <= 0 ? 0 : up(n) + 1; */\n")
        self.refused("spec/index.h: logic up is recursive, and no parameter is seen to descend")

    def test_recursive_predicate_that_denies_itself(self):
        self.write("spec/index.h", "/*@ predicate liar(integer n) = !liar(n); */\n")
        self.refused("spec/index.h: predicate liar is recursive, and no parameter is seen to descend")

    def test_recursion_below_zero(self):
        self.write("spec/index.h", "/*@ logic integer down(integer n) = n == 0 ? 0 : down(n - 1); */\n")
        self.refused("spec/index.h: logic down is recursive, and no parameter is seen to descend")


class Lemmas(Tree):
    """Lemmas that one place states and another proves."""

    def test_lemma_that_reads_otherwise_where_lemmas_are_proved(self):
        self.write("spec/index.h", "#ifdef IST_PROOF_STEPS\n/*@ lemma odd: \\true; */\n#else\n"
                                   "/*@ lemma odd: \\false; */\n#endif\n")
        self.refused("spec/index.h: #ifdef IST_PROOF_STEPS: a directive that may not stand here")

    def test_lemma_that_reads_otherwise_by_the_macro_for_steps(self):
        self.write("spec/index.h", "/*@ lemma odd: STEP(\\true ||) \\false; */\n")
        self.refused("lemma odd is not the same where spec/index.h and where src/kernel/range.c is read")

    def test_headers_that_prove_each_others_lemmas(self):
        for one, other in (("one", "other"), ("other", "one")):
            self.header(f"spec/{one}.h",
                        f'#include "{other}.h"\n/*@ lemma {one}: \\false; */\n')
        self.refused("spec/one.h, spec/other.h: lemmas that are proved from one another")

    def test_lemma_stated_where_none_is_proved(self):
        self.write("spec/more.inc", "/*@ lemma more: \\false; */\n")
        self.replace(CODE, "#include <float.h>", "#include \"../../spec/more.inc\"")
        self.refused("src/kernel/range.c: #include \"../../spec/more.inc\": not a header of spec or "
                     "src/kernel")

    def test_directive_inside_an_annotation(self):
        self.write("spec/index.h", "/*@\n#define fine \\false\n lemma odd: fine; */\n")
        self.refused("spec/index.h: #define fine \\false: a directive that may not stand here")


class Code(Tree):
    """Code that the compiler compiles and Frama-C does not prove."""

    def test_condition_on_the_verification_macro(self):
        self.replace(CODE, CHECK, f"#ifdef __FRAMAC__\n{CHECK}#endif\n")
        self.refused("src/kernel/range.c: the compiler reads `+ ) { } return 1 ; }`, "
                     "Frama-C `+ ) { if ( ! ( v`")

    def test_condition_on_a_macro_of_the_compiler(self):
        self.replace(CODE, CHECK, f"#ifndef __OPTIMIZE__\n{CHECK}#endif\n")
        self.refused("src/kernel/range.c: #ifndef __OPTIMIZE__: a directive that may not stand here")

    def test_comment_that_goes_on_for_the_compiler_alone(self):
        self.replace(CODE, CHECK, "    // what ??/\n" + CHECK)
        self.refused("src/kernel/range.c: ?? can hide a directive of the preprocessor")

    def test_option_in_a_pragma(self):
        self.replace(CODE, "bool ist_bounded", '#pragma GCC optimize("fast-math")\nbool ist_bounded')
        self.refused('src/kernel/range.c: #pragma GCC optimize("fast-math"): a directive that may not')

    def test_pragma_in_an_operator(self):
        self.replace(CODE, "bool ist_bounded",
                     '_Pragma("GCC optimize(\\"fast-math\\")")\nbool ist_bounded')
        self.refused("src/kernel/range.c: # has no place in the kernel")

    def test_attribute(self):
        self.replace(CODE, "bool ist_bounded",
                     '__attribute__((optimize("fast-math")))\nbool ist_bounded')
        self.refused("src/kernel/range.c: __attribute__ has no place in the kernel")

    def test_option_of_the_build(self):
        self.replace(CODE, CHECK, CHECK.replace("v[j] <= bound", "v[j] <= limit"))
        self.replace(CODE, "  for (size_t j = 0; j < d; j++) {\n    if (!(v[j]",
                     "  for (size_t j = 0; j < d; j++) {\n    const double limit = bound;\n"
                     "    if (!(v[j]")
        self.replace("Makefile", "CPPFLAGS := ", "CPPFLAGS := -Dlimit=1e300 ")
        self.refused("src/kernel/range.c: the compiler reads")

    def test_other_arithmetic_of_the_compiler(self):
        self.replace("Makefile", "-O2 -g -ffp-contract=off", "-O2 -g -ffast-math")
        self.refused("src/kernel/range.c: compiled with -ffast-math\n"
                     "problem: src/kernel/range.c: compiled without -ffp-contract=off")

    def test_text_that_runs_backwards(self):
        self.write("spec/index.h", "/* \u202e */\n")
        self.refused("spec/index.h: U+202E makes text look other than it is")

    def test_source_that_includes_another(self):
        self.write("src/kernel/more.c", '#include "range.c"\n')
        self.refused('src/kernel/more.c: #include "range.c": not a header of spec or src/kernel')

    def test_code_in_a_header_of_the_specification(self):
        self.write("spec/index.h", "static int odd;\n")
        self.refused("spec/index.h: C in a header of the specification: static int odd ;")

    def test_decimal_literal_with_an_exponent(self):
        self.replace(CODE, "-bound <= v[j]", "-1e300 <= v[j]")
        self.refused("src/kernel/range.c: ist_bounded: 1e300: WP misreads a decimal literal")

    def test_decimal_literal_that_is_no_double(self):
        self.replace(CODE, "-bound <= v[j]", "0.1 <= v[j]")
        self.refused("src/kernel/range.c: 0.1 is no double")


class Contracts(Tree):
    """Contracts that are not what a reader of the header takes them for."""

    def contract(self, old, new):
        self.replace(HEADER, CONTRACT, CONTRACT.replace(old, new))

    def test_stronger_requires_at_the_definition(self):
        self.replace(CODE, "bool ist_bounded", "/*@ requires d == 0; */\nbool ist_bounded")
        self.refused("function ist_bounded is not the same where src/kernel/range.h and where "
                     "src/kernel/range.c is read")

    def test_requires_by_macro(self):
        self.replace(HEADER, "#include <stddef.h>", "#include <stddef.h>\n#define FITS \\false")
        self.replace(HEADER, "requires finite_bound: ", "requires finite_bound: FITS && ")
        self.refused("src/kernel/range.h: #define FITS \\false: a directive that may not stand here")

    def test_termination_on_a_condition(self):
        self.contract("terminates \\true", "terminates \\false")
        self.refused("src/kernel/range.c: ist_bounded: the contract must say once terminates \\true, "
                     "not \\false")

    def test_exit(self):
        self.contract("exits \\false", "exits \\true")
        self.refused("src/kernel/range.c: ist_bounded: the contract must say once exits \\false, not "
                     "\\true")

    def test_assigns_everything(self):
        self.contract("assigns \\nothing", "assigns \\everything")
        self.refused("Frama-C cannot read it: ")

    def test_no_assigns(self):
        self.contract("    assigns \\nothing;\n", "")
        self.refused("src/kernel/range.c: ist_bounded: the contract must say once assigns and name "
                     "what is written")

    def test_behavior_that_never_applies(self):
        self.contract("    ensures", "    behavior never:\n      assumes \\false;\n      ensures")
        self.refused("src/kernel/range.c: ist_bounded: behavior never")

    def test_ensures_that_says_nothing(self):
        self.contract("\\result == true <==> bounded(v, d, bound)", "\\true")
        self.refused("src/kernel/range.c: ist_bounded: ensures exact: \\true: says nothing of what")

    def test_contract_of_a_statement(self):
        self.replace(CODE, CHECK, "    /*@ ensures in_range(v[j], bound); */\n    { ; }\n")
        self.refused("src/kernel/range.c: ist_bounded: ")

    def test_header_that_no_source_includes(self):
        self.header("src/kernel/lone.h",
                    f"{WHOLE}static inline int ist_lone(void)\n{{\n  return 2;\n}}\n")
        self.refused("src/kernel/lone.h: no source of the kernel includes it")

    def test_functions_proved_from_each_other(self):
        self.header("src/kernel/both.h",
                    f"{WHOLE}int ist_one(void);\n{WHOLE}int ist_other(void);\n")
        for one, other in (("one", "other"), ("other", "one")):
            self.write(f"src/kernel/{one}.c", f'#include "both.h"\n\nint ist_{one}(void)\n{{\n'
                                              f"  return ist_{other}();\n}}\n")
        self.refused("ist_one, ist_other: recursion")

    def test_state_between_calls(self):
        self.replace(CODE, "bool ist_bounded", "static size_t calls;\n\nbool ist_bounded")
        self.replace(CODE, "!(v[j] <= bound", "calls > 3 || !(v[j] <= bound")
        self.refused("src/kernel/range.c: variable static size_t calls;: may not stand here")

    def test_function_that_nothing_here_calls(self):
        self.replace(HEADER, "bool ist_bounded(const double *v, size_t d, double bound);",
                     "bool ist_bounded(const double *v, size_t d, double bound);\n\n"
                     "static bool ist_fits(double v)\n{\n  return v < 2;\n}\n")
        self.refused("src/kernel/range.c: ist_fits: the contract must say once terminates \\true")

    def test_pointer_to_a_function(self):
        self.replace(CODE, "  return true;\n}\n\nbool ist_diagonal",
                     "  bool (*const same)(const double *, size_t) = ist_symmetric;\n"
                     "  return same(v, 0);\n}\n\nbool ist_diagonal")
        self.refused("src/kernel/range.c: ist_bounded: a pointer to a function")


if __name__ == "__main__":
    unittest.main()
