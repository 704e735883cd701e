"""What Frama-C reads in a translation unit: its normalised source, its functions and every
property.

All that is said here of annotations comes from Frama-C, macros expanded and code normalised;
nothing is searched for in the text of the sources.
"""

import dataclasses
import json
import re
import subprocess

import framac
import properties

GLOBAL = re.compile(r"/\*@\s*(?P<kind>logic|predicate|lemma|axiomatic)\s(?P<head>[^({=:]*)")
STRING = r'"(?:\\.|[^"\\])*"'
SKIPPED = re.compile(rf"/\*.*?\*/|{STRING}", re.S)  # what holds no brace or semicolon of the code
GHOST = re.compile(r"/\*@\s*ghost\b(.*?)\*/", re.S)


class Unreadable(Exception):
    """What Frama-C does not accept, in its own words."""


@dataclasses.dataclass
class Item:
    """A global of the normalised source. kind: logic, predicate, lemma, axiomatic, function, type,
    variable, or ACSL and what else an annotation begins with; text: all of it, a function's
    contract apart."""

    kind: str
    name: str
    text: str
    contract: str | None = None

    def __post_init__(self):
        """Frama-C breaks lines here or there: white space does not count."""
        self.text = " ".join(self.text.split())
        self.contract = self.contract and " ".join(self.contract.split())

    def key(self):
        """What the item is known by: logic symbols may share a name if their parameters differ."""
        head = self.text.partition("=")[0] if self.kind in ("logic", "predicate") else ""
        types = re.sub(r"\w+(?=[,)])", "", head.partition("(")[2])
        return self.kind, self.name, types.replace(" ", "")

    def code(self):
        """The C of a function, ghost code included, without its annotations."""
        bare = GHOST.sub(lambda ghost: re.sub(r"/@.*?@/", " ", ghost[1], flags=re.S), self.text)
        return re.sub(r"/\*.*?\*/", " ", bare, flags=re.S)

    def calls(self):
        """What a function's code calls."""
        body = self.code().partition("{")[2]
        return {name for name in re.findall(r"\b([A-Za-z_]\w*)\s*\(", body)
                if name not in ("if", "while", "switch", "return", "sizeof")}


@dataclasses.dataclass
class Inventory:
    """One translation unit: its items in order, its functions' files by name, its properties, what
    Frama-C warns of, and how it calls the preprocessor."""

    items: list
    files: dict
    properties: list
    warnings: list
    preprocessing: list

    def of(self, *kinds):
        return [item for item in self.items if item.kind in kinds]


def end_of_code(text, start):
    """Where a C item ends: at the brace that closes a function, or at a semicolon."""
    depth, position, function = 0, start, False
    while position < len(text):
        skipped = SKIPPED.match(text, position)
        if skipped:
            position = skipped.end()
            continue
        character = text[position]
        position += 1
        depth += (character == "{") - (character == "}")
        function |= character == "(" and depth == 0
        if depth == 0 and (character == ";" or character == "}" and function):
            return position
    return len(text)


def global_annotation(text):
    """The item of a global annotation, or None if it is a contract."""
    match = GLOBAL.match(text)
    if match:
        return Item(match["kind"], re.findall(r"\w+", match["head"])[-1], text)
    if re.match(r"/\*@\s*(requires|ensures|assigns|terminates|exits|admit\s+(requires|ensures)"
                r"|check\s+(requires|ensures)|behavior|decreases|allocates|frees)\b", text):
        return None
    kind, name = re.match(r"/\*@\s*(\w*)\W*(\w*)", text).groups()
    return Item(f"ACSL {kind}", name, text)


def code_item(text, contract):
    """The item of a piece of C at the outermost level."""
    head = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    function = re.match(r"[^={;]*?\b(\w+)\s*\(", head)
    if function and not head.startswith(("typedef", "_Static_assert")):
        return Item("function", function[1], text, contract)
    if re.match(r"typedef\b|(struct|enum)\s+\w+\s*(\{[^;]*(;[^;}]*)*\})?\s*;$", head):
        return Item("type", re.findall(r"\w+", head.partition("{")[0] if "{" in head else head)[-1],
                    text)
    return Item("variable", " ".join(head.split()), text)


def merged(found):
    """The items with each function once: its contract is printed with its code or before."""
    functions = {}
    for item in found:
        if item.kind == "function":
            known = functions.setdefault(item.name, item)
            if known is not item:
                whole = item if "{" in item.code() else known
                whole.contract = item.contract or known.contract
                functions[item.name] = whole
    return [item for item in found if item.kind != "function" or functions[item.name] is item]


def items(text):
    """The items of a source that Frama-C printed."""
    found, position, contract = [], 0, None
    while True:
        position = re.compile(r"\s*").match(text, position).end()
        if position == len(text):
            return merged(found)
        if text.startswith("/*", position):
            end = text.index("*/", position) + 2
            block = text[position:end]
            ghost = GHOST.fullmatch(block)
            if ghost:
                inner = ghost[1].strip()
                stated = re.match(r"(/@.*?@/)?(.*)", inner, flags=re.S)
                found.append(code_item(stated[2].strip(), stated[1]))
            elif block.startswith("/*@"):
                item = global_annotation(block)
                contract = block if item is None else None
                found += [item] if item else []
        else:
            end = end_of_code(text, position)
            found.append(code_item(text[position:end], contract))
            contract = None
        position = end


def take(path, scratch):
    """The inventory of a translation unit (an absolute path)."""
    place = scratch / "inventory" / path.name
    place.mkdir(parents=True, exist_ok=True)
    (place / "query.json").write_text(json.dumps(properties.QUERY))
    printed = place / "normalised.c"
    done = subprocess.run(
        ["frama-c", *framac.READING, str(path), "-no-unicode", "-kernel-msg-key", "pp", "-print",
         "-print-libc", "-ocode", str(printed), "-server-batch", str(place / "query.json")],
        capture_output=True, text=True)
    if done.returncode != 0:
        raise Unreadable(" ".join(re.sub(r"^\[kernel(:pp\S*)?\] *(Parsing.*|\n.*preprocessing.*)\n", "",
                                         done.stdout + done.stderr, flags=re.M).split()))
    answer = json.loads((place / "query.out.json").read_text())
    return Inventory(
        items(printed.read_text()),
        properties.files(answer), list(properties.read(answer)),
        re.findall(r"^\[.*(?:Warning|Error).*(?:\n .*)*", done.stdout, flags=re.M),
        re.search(r'preprocessing with "(.*)"', done.stdout)[1].split())
