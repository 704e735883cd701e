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

    def wrong(self, annotation):
        """ist_bounded without its check, and an annotation in place of it."""
        self.replace(CODE, CHECK, f"    {annotation}\n")

    def contract(self, old, new):
        self.replace(HEADER, CONTRACT, CONTRACT.replace(old, new))

    def refuses(self, refusal, edits):
        """The driver ends before any proof, and says why."""
        for edit, *arguments in edits:
            edit(self, *arguments)
        status, output = self.verify()
        self.assertEqual(status, 1, output)
        self.assertIn(f"problem: {refusal}", output)
        self.assertTrue(output.endswith("what a proof could be believed of\n"), output)


replace, write, header, wrong, contract = (Tree.replace, Tree.write, Tree.header, Tree.wrong,
                                           Tree.contract)
GHOST = """/*@ ghost
  /@ terminates \\true; exits \\false; assigns \\nothing; ensures \\false; @/
  void believe(void)%s */

bool ist_bounded"""
# The trick, the refusal, and the edits of the tree.
TRICKS = (
    # What is taken without proof.
    ("admit", "src/kernel/range.c: ist_bounded: admit",
     (wrong, "//@ admit in_range(v[j], bound);")),
    ("admitted invariant", "src/kernel/range.c: ist_bounded: admit",
     (wrong, ""),
     (replace, CODE, "loop invariant bounded{Pre}", "admit loop invariant bounded{Pre}")),
    ("admitted ensures", "src/kernel/range.c: ist_bounded: admit",
     (wrong, ""),
     (replace, HEADER, "ensures exact: \\result == true <==> bounded(",
      "admit ensures exact: \\result == true <==> bounded(")),
    ("admitted lemma", "src/kernel/range.c: axiom falsity is not in proofs/wp/axioms.txt",
     (wrong, ""),
     (write, CODE, "//@ admit lemma falsity: \\false;\n")),
    ("axiom by macro",
     "src/kernel/range.h: #define FACT axiom: a directive that may not stand here",
     (wrong, ""),
     (write, HEADER, "#define FACT axiom\n/*@ axiomatic A { FACT bad: \\false; } */\n")),
    ("axiom in a line", "src/kernel/range.c: axiomatic A is not in proofs/wp/axioms.acsl",
     (wrong, ""),
     (replace, CODE, "bool ist_bounded",
      "//@ axiomatic A { axiom bad: \\false; }\nbool ist_bounded")),
    ("axiom of a known name that says more",
     "spec/rounding.h: Rounding is not as in proofs/wp/axioms.acsl",
     (replace, "spec/rounding.h", "\\abs(rnd(r) - r) <= 0x1p-53 * \\abs(r) + 0x1p-1074",
      "rnd(r) == r")),
    ("axiom that speaks of something else",
     "spec/rounding.h: rnd is not as in proofs/wp/axioms.acsl",
     (replace, "spec/rounding.h", "rnd(real r) = (real)((double) r)", "rnd(real r) = r + 1")),
    ("inductive predicate", "src/kernel/range.c: ACSL inductive odd: may not stand here",
     (write, CODE, "/*@ inductive odd(integer n) { case one: odd(1); } */\n")),
    ("ghost function without code",
     "src/kernel/range.c: believe has no code that is proved and no entry",
     (wrong, "/*@ ghost believe(); */"),
     (replace, CODE, "bool ist_bounded", GHOST % ";")),
    ("admit in a ghost function", "src/kernel/range.c: believe: admit",
     (wrong, "/*@ ghost believe(); */"),
     (replace, CODE, "bool ist_bounded", GHOST % " {\n    /@ admit \\false; @/\n    ;\n  }")),
    ("function without code", "src/kernel/range.c: believe has no code that is proved and no entry",
     (wrong, "believe();"),
     (replace, CODE, "bool ist_bounded", WHOLE.replace("\\result == 1", "\\false")
      + "void believe(void);\n\nbool ist_bounded")),
    ("recursive function that does not descend",
     "spec/index.h: logic up is recursive, and no parameter is seen to descend",
     (write, "spec/index.h", "/*@ logic integer up(integer n) = n <= 0 ? 0 : up(n) + 1; */\n")),
    ("recursive predicate that denies itself",
     "spec/index.h: predicate liar is recursive, and no parameter is seen to descend",
     (write, "spec/index.h", "/*@ predicate liar(integer n) = !liar(n); */\n")),
    ("recursion below zero",
     "spec/index.h: logic down is recursive, and no parameter is seen to descend",
     (write, "spec/index.h", "/*@ logic integer down(integer n) = n == 0 ? 0 : down(n - 1); */\n")),
    # Lemmas that one place states and another proves.
    ("lemma that reads otherwise where lemmas are proved",
     "spec/index.h: #ifdef IST_PROOF_STEPS: a directive that may not stand here",
     (write, "spec/index.h", "#ifdef IST_PROOF_STEPS\n/*@ lemma odd: \\true; */\n#else\n"
      "/*@ lemma odd: \\false; */\n#endif\n")),
    ("lemma that reads otherwise by the macro for steps",
     "lemma odd is not the same where spec/index.h and where src/kernel/range.c is read",
     (write, "spec/index.h", "/*@ lemma odd: STEP(\\true ||) \\false; */\n")),
    ("headers that prove each others lemmas",
     "spec/one.h, spec/other.h: lemmas that are proved from one another",
     (header, "spec/one.h", '#include "other.h"\n/*@ lemma one: \\false; */\n'),
     (header, "spec/other.h", '#include "one.h"\n/*@ lemma other: \\false; */\n')),
    ("lemma stated where none is proved",
     "src/kernel/range.c: #include \"../../spec/more.inc\": not a header of spec or "
     "src/kernel",
     (write, "spec/more.inc", "/*@ lemma more: \\false; */\n"),
     (replace, CODE, "#include <float.h>", "#include \"../../spec/more.inc\"")),
    ("directive inside an annotation",
     "spec/index.h: #define fine \\false: a directive that may not stand here",
     (write, "spec/index.h", "/*@\n#define fine \\false\n lemma odd: fine; */\n")),
    # Code that the compiler compiles and Frama-C does not prove.
    ("condition on the verification macro",
     "src/kernel/range.c: the compiler reads `+ ) { } return 1 ; }`, "
     "Frama-C `+ ) { if ( ! ( v`",
     (replace, CODE, CHECK, f"#ifdef __FRAMAC__\n{CHECK}#endif\n")),
    ("condition on a macro of the compiler",
     "src/kernel/range.c: #ifndef __OPTIMIZE__: a directive that may not stand here",
     (replace, CODE, CHECK, f"#ifndef __OPTIMIZE__\n{CHECK}#endif\n")),
    ("comment that goes on for the compiler alone",
     "src/kernel/range.c: ?? can hide a directive of the preprocessor",
     (replace, CODE, CHECK, "    // what ??/\n" + CHECK)),
    ("option in a pragma",
     'src/kernel/range.c: #pragma GCC optimize("fast-math"): a directive that may not',
     (replace, CODE, "bool ist_bounded", '#pragma GCC optimize("fast-math")\nbool ist_bounded')),
    ("pragma in an operator", "src/kernel/range.c: # has no place in the kernel",
     (replace, CODE, "bool ist_bounded",
      '_Pragma("GCC optimize(\\"fast-math\\")")\nbool ist_bounded')),
    ("attribute", "src/kernel/range.c: __attribute__ has no place in the kernel",
     (replace, CODE, "bool ist_bounded",
      '__attribute__((optimize("fast-math")))\nbool ist_bounded')),
    ("option of the build", "src/kernel/range.c: the compiler reads",
     (replace, CODE, CHECK, CHECK.replace("v[j] <= bound", "v[j] <= limit")),
     (replace, CODE, "  for (size_t j = 0; j < d; j++) {\n    if (!(v[j]",
      "  for (size_t j = 0; j < d; j++) {\n    const double limit = bound;\n"
      "    if (!(v[j]"),
     (replace, "Makefile", "CPPFLAGS := ", "CPPFLAGS := -Dlimit=1e300 ")),
    ("other arithmetic of the compiler", "src/kernel/range.c: compiled with -ffast-math\n"
     "problem: src/kernel/range.c: compiled without -ffp-contract=off",
     (replace, "Makefile", "-O2 -g -ffp-contract=off", "-O2 -g -ffast-math")),
    ("text that runs backwards", "spec/index.h: U+202E makes text look other than it is",
     (write, "spec/index.h", "/* \u202e */\n")),
    ("source that includes another",
     'src/kernel/more.c: #include "range.c": not a header of spec or src/kernel',
     (write, "src/kernel/more.c", '#include "range.c"\n')),
    ("code in a header of the specification",
     "spec/index.h: C in a header of the specification: static int odd ;",
     (write, "spec/index.h", "static int odd;\n")),
    ("decimal literal with an exponent",
     "src/kernel/range.c: ist_bounded: 1e300: WP misreads a decimal literal",
     (replace, CODE, "-bound <= v[j]", "-1e300 <= v[j]")),
    ("decimal literal that is no double", "src/kernel/range.c: 0.1 is no double",
     (replace, CODE, "-bound <= v[j]", "0.1 <= v[j]")),
    # Contracts that are not what a reader of the header takes them for.
    ("stronger requires at the definition",
     "function ist_bounded is not the same where src/kernel/range.h and where "
     "src/kernel/range.c is read",
     (replace, CODE, "bool ist_bounded", "/*@ requires d == 0; */\nbool ist_bounded")),
    ("requires by macro",
     "src/kernel/range.h: #define FITS \\false: a directive that may not stand here",
     (replace, HEADER, "#include <stddef.h>", "#include <stddef.h>\n#define FITS \\false"),
     (replace, HEADER, "requires finite_bound: ", "requires finite_bound: FITS && ")),
    ("termination on a condition",
     "src/kernel/range.c: ist_bounded: the contract must say once terminates \\true, "
     "not \\false",
     (contract, "terminates \\true", "terminates \\false")),
    ("exit", "src/kernel/range.c: ist_bounded: the contract must say once exits \\false, not "
     "\\true",
     (contract, "exits \\false", "exits \\true")),
    ("assigns everything", "Frama-C cannot read it: ",
     (contract, "assigns \\nothing", "assigns \\everything")),
    ("no assigns", "src/kernel/range.c: ist_bounded: the contract must say once assigns and name "
     "what is written",
     (contract, "    assigns \\nothing;\n", "")),
    ("behavior that never applies", "src/kernel/range.c: ist_bounded: behavior never",
     (contract, "    ensures", "    behavior never:\n      assumes \\false;\n      ensures")),
    ("ensures that says nothing",
     "src/kernel/range.c: ist_bounded: ensures exact: \\true: says nothing of what",
     (contract, "\\result == true <==> bounded(v, d, bound)", "\\true")),
    ("contract of a statement", "src/kernel/range.c: ist_bounded: ",
     (replace, CODE, CHECK, "    /*@ ensures in_range(v[j], bound); */\n    { ; }\n")),
    ("header that no source includes", "src/kernel/lone.h: no source of the kernel includes it",
     (header, "src/kernel/lone.h",
      f"{WHOLE}static inline int ist_lone(void)\n{{\n  return 2;\n}}\n")),
    ("functions proved from each other", "ist_one, ist_other: recursion",
     (header, "src/kernel/both.h", f"{WHOLE}int ist_one(void);\n{WHOLE}int ist_other(void);\n"),
     (write, "src/kernel/one.c",
      '#include "both.h"\n\nint ist_one(void)\n{\n  return ist_other();\n}\n'),
     (write, "src/kernel/other.c",
      '#include "both.h"\n\nint ist_other(void)\n{\n  return ist_one();\n}\n')),
    ("state between calls", "src/kernel/range.c: variable static size_t calls;: may not stand here",
     (replace, CODE, "bool ist_bounded", "static size_t calls;\n\nbool ist_bounded"),
     (replace, CODE, "!(v[j] <= bound", "calls > 3 || !(v[j] <= bound")),
    ("function that nothing here calls",
     "src/kernel/range.c: ist_fits: the contract must say once terminates \\true",
     (replace, HEADER, "bool ist_bounded(const double *v, size_t d, double bound);",
      "bool ist_bounded(const double *v, size_t d, double bound);\n\n"
      "static bool ist_fits(double v)\n{\n  return v < 2;\n}\n")),
    ("pointer to a function", "src/kernel/range.c: ist_bounded: a pointer to a function",
     (replace, CODE, "  return true;\n}\n\nbool ist_diagonal",
      "  bool (*const same)(const double *, size_t) = ist_symmetric;\n"
      "  return same(v, 0);\n}\n\nbool ist_diagonal")),
)


class Tricks(Tree):
    """One test for each."""


for trick, refusal, *edits in TRICKS:
    setattr(Tricks, "test_" + trick.replace(" ", "_"),
            lambda self, refusal=refusal, edits=edits: self.refuses(refusal, edits))


if __name__ == "__main__":
    unittest.main()
