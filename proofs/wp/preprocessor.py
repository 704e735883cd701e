"""That the code which Frama-C proves is the code which the compiler compiles.

What the preprocessor may do is a short list; with that, the C that the two see is compared token by
token, each preprocessed by its own command.
"""

import fractions
import re
import shlex
import subprocess

GUARD = re.compile(r"#ifndef (IST_\w+_H)\n#define \1\n")
FORMS = re.compile(r"#endif|#else|#ifdef __FRAMAC__|#include <(stddef|stdint|stdbool|float|math)\.h>"
                   r'|#include "(?P<header>[\w./]+)"'
                   r"|#define IST_[A-Z_]+ (0[xX][\w.+-]+|\d+) *(/\*\*<((?!\*/).)*\*/)?")
BACKWARDS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# In these files alone.
OWN = {"spec/proof.h": ["#ifdef IST_PROOF_STEPS", "#define STEP(...) __VA_ARGS__",
                        "#define STEP(...)"],
       "src/kernel/workers.c": [
           "#ifdef _OPENMP",
           "#pragma omp parallel for schedule(static) if (team.n * team.q * team.q >= 32768)"]}
# The options of the compiler under which its arithmetic is the proofs'.
PLAIN = re.compile(r"-(I|isystem$|D_POSIX_C_SOURCE=|std=c11$|O[0-3]$|g$|ffp-contract=off$|W|fopenmp$|E$)"
                   r"|/usr/include/.*|src/kernel/\w+\.c")

MARKER = re.compile(r'# \d+ "([^"]*)"')
TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|0[xX][\w.]+(?:(?<=[pP])[+-]\w+)?|[\w.]+|\S')
PRAGMA = TOKEN.findall(OWN["src/kernel/workers.c"][1])
# Words that the compiler and Frama-C could take differently, or that the proofs know nothing of.
FOREIGN = re.compile(r"(?!_Bool$|_Static_assert$)_[_A-Z]\w*"
                     r"|asm|restrict|volatile|float|long|union|extern|goto|register|#")
DECIMAL = re.compile(r"\d+\.\d*|\.\d+")


def guard(file):
    """The name that a header's guard defines."""
    room, name = re.match(r"(?:src/)?(\w+)/(\w+)\.h", file).groups()
    return f"IST_{room}_{name}_H".upper()


def includes(path):
    """The files that a source includes, as it names them from where it is."""
    return [(path.parent / name).resolve()
            for name in re.findall(r'^#include "([\w./]+)"', path.read_text(), flags=re.M)]


def reached(path):
    """A source and all that it includes, directly or not."""
    found, left = set(), [path]
    while left:
        file = left.pop()
        if file not in found and file.exists():
            found.add(file)
            left += includes(file)
    return found


def form_problems(root, path):
    """Directives that are none of the forms above, and what could hide one."""
    file, text = str(path.relative_to(root)), path.read_text()
    if path.suffix == ".h" and GUARD.search(text) and guard(file) == GUARD.search(text)[1]:
        text = GUARD.sub("", text, count=1)
    elif path.suffix == ".h" and path.parent.name != "wp":
        yield f"{file}: begins without #ifndef {guard(file)} and #define of the same"
    for trick in ("??", "%:", "\\\n"):
        if trick in text:
            yield f"{file}: {trick.strip()} can hide a directive of the preprocessor"
    for mark in sorted(set(BACKWARDS.findall(text))):
        yield f"{file}: U+{ord(mark):04X} makes text look other than it is"
    own = list(OWN.get(file, ()))
    for line in text.splitlines():
        if "#" not in line:
            continue
        form = FORMS.fullmatch(line)
        if line in own:
            own.remove(line)
        elif not form:
            yield f"{file}: {line.strip()}: a directive that may not stand here"
        elif form["header"]:
            target = (path.parent / form["header"]).resolve()
            if target.suffix != ".h" or str(target.parent) not in (f"{root}/spec",
                                                                   f"{root}/src/kernel"):
                yield f"{file}: {line}: not a header of spec or src/kernel"


def tokens(root, command, room="."):
    """The tokens that files of a folder of this tree give, preprocessed by a command."""
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{shlex.join(command)}:\n{done.stderr}")
    ours, found = False, []
    for line in done.stdout.splitlines():
        marker = MARKER.match(line)
        if marker:
            ours = (root / marker[1]).resolve().is_relative_to(root / room)
        elif ours:
            found += TOKEN.findall(line)
    return re.sub(r"(?<!\w )\( (\d\w*) \)", r"\1", " ".join(found)).split(" ") if found else []


def compiler(root, path):
    """The command that preprocesses a source as `make build` compiles it."""
    object_file = f"build/unbuilt/obj/{path.relative_to(root).with_suffix('.o')}"
    plan = subprocess.run(["make", "--no-print-directory", "-n", "OUT=build/unbuilt", object_file],
                          cwd=root, capture_output=True, text=True).stdout
    lines = [shlex.split(line) for line in plan.splitlines() if f"-o {object_file}" in line]
    if len(lines) != 1:
        raise SystemExit(f"{path}: make does not say how it is compiled:\n{plan}")
    dropped = ("-c", "-o", object_file, "-MMD", "-MP")
    return [word for word in lines[0] if word not in dropped] + ["-E"]


def frama_c(preprocessing):
    """The command by which Frama-C preprocesses, without the comments that it keeps."""
    words = shlex.split(" ".join(preprocessing))
    return [word for word in words[:words.index("-o")] if word not in ("-C", "-dD")]


def without(found, part):
    """Tokens without the first occurrence of a part."""
    for start in range(len(found) - len(part) + 1):
        if found[start:start + len(part)] == part:
            return found[:start] + found[start + len(part):]
    return found


def code_problems(root, path, preprocessing, declarations):
    """How the C of a source differs for the compiler and for Frama-C; declarations: those of
    functions whose contract is assumed, which Frama-C sees in place of the library's."""
    file = path.relative_to(root)
    compiled, proved = tokens(root, compiler(root, path)), tokens(root, frama_c(preprocessing))
    options = compiler(root, path)[1:]
    yield from (f"{file}: compiled with {option}" for option in options if not PLAIN.match(option))
    if "-ffp-contract=off" not in options:
        yield f"{file}: compiled without -ffp-contract=off"
    if str(file) in OWN:
        compiled = without(compiled, PRAGMA)
    for declaration in declarations:
        proved = without(proved, TOKEN.findall(declaration))
    if compiled != proved:
        place = next((at for at, pair in enumerate(zip(compiled, proved)) if pair[0] != pair[1]),
                     min(len(compiled), len(proved)))
        yield (f"{file}: the compiler reads `{' '.join(compiled[max(0, place - 3):place + 5])}`, "
               f"Frama-C `{' '.join(proved[max(0, place - 3):place + 5])}`")
    for token in sorted({*compiled, *proved}):
        if FOREIGN.fullmatch(token):
            yield f"{file}: {token} has no place in the kernel"
        elif DECIMAL.fullmatch(token) and fractions.Fraction(token) != float(token):
            yield f"{file}: {token} is no double"


def logic_problems(root, path, command):
    """C in a header of the specification, which is to hold annotations alone."""
    found = tokens(root, frama_c(command), "spec")
    if found:
        yield f"{path.relative_to(root)}: C in a header of the specification: {' '.join(found[:8])}"
