"""What may be believed without proof, and that nothing else is: the rules that the sources obey.

The statements are those that Frama-C normalised in every translation unit. They are compared with
axioms.acsl, the text of all that is assumed, and with one another.
"""

import re

import descent

# A decimal literal with an exponent; hexadecimal ones have p for it.
EXPONENT = re.compile(r"(?<![\w.])(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+")
ONCE = {"terminates": "\\true", "exits": "\\false", "assigns": None}
CONTRACT = {"requires", "ensures", "behavior", *ONCE}
CODE = {"assert", "check", "loop_invariant", "assigns", "decreases"}
LOGIC = {"lemma", "axiom", "axiomatic"}


class Trust:
    """The rules, over the inventories of the kernel's sources and of single headers, by file.

    root: of the tree; reached: what each file includes, directly or not; assumed: the items of
    axioms.acsl; theorems: axiom -> where it is proved; reasons: function -> why its contract is
    assumed."""

    def __init__(self, root, sources, headers, reached, assumed, theorems, reasons):
        self.root = str(root)
        self.reached = reached
        self.sources = sources
        self.headers = headers
        self.units = {**headers, **sources}
        self.assumed = {item.name: item for item in assumed}
        self.theorems = theorems
        self.reasons = reasons
        self.public = {item.name for unit in headers.values() for item in unit.of("function")}
        # The functions and the lemmas that each file is to prove, as the rules find them.
        self.proving = {file: [] for file in sources}
        self.stated = {file: [] for file in self.units}

    def problems(self):
        """All of them, in the order in which a reader would look for them."""
        for rule in (self.warnings, self.logic, self.agreement, self.axioms, self.lemmas,
                     self.contracts, self.recursion, self.assumptions):
            yield from dict.fromkeys(rule())

    def warnings(self):
        for file, unit in self.units.items():
            for warning in unit.warnings:
                yield f"{file}: {' '.join(warning.split())}"

    def logic(self):
        """Annotations of no known kind, literals misread, definitions that do not end."""
        for file, unit in self.units.items():
            for item in unit.items:
                text = f"{item.contract or ''} {item.text}"
                if item.kind not in ("logic", "predicate", "lemma", "axiomatic", "function", "type"):
                    yield f"{file}: {item.kind} {item.name}: may not stand here"
                if re.search(r"\badmit\b", text):
                    yield f"{file}: {item.name}: admit"
                for literal in EXPONENT.findall(text):
                    yield (f"{file}: {item.name}: {literal}: WP misreads a decimal literal with an "
                           "exponent")
                if item.kind in ("logic", "predicate") and descent.problem(item):
                    yield f"{file}: {item.kind} {item.name} {descent.problem(item)}"
                if item.kind == "function" and re.search(r"\(\s*\*\s*\w*\s*\)\s*\(", item.code()):
                    yield f"{file}: {item.name}: a pointer to a function"
                if re.search(r"\bvariant\b[^;]*\bfor\b", text):
                    yield f"{file}: {item.name}: a variant under a relation of its own"

    def key(self, unit, item):
        """What a function is known by: a static one by its file too."""
        return (unit.files.get(item.name) if item.text.startswith("static") else "", item.name)

    def agreement(self):
        """What a header states reads the same wherever the header is included."""
        stated = {}
        for file, unit in self.headers.items():
            for item in unit.items:
                stated.setdefault(item.key(), {}).setdefault(file, []).append(item)
        for file, unit in self.units.items():
            for item in unit.items:
                found = {header: said for header, said in
                         stated.get(item.key(), {}).items()
                         if header in self.reached[file] - {file}}
                if found and not any(self.same(item, other) for said in found.values()
                                     for other in said):
                    yield (f"{item.kind} {item.name} is not the same where {min(found)} and where "
                           f"{file} is read: {flat(item)}")

    @staticmethod
    def same(item, other):
        """Whether an item is what a header says; the code of a function may come after the
        header."""
        return item.contract == other.contract and (
            item.text == other.text or item.kind == "function" and other.text.endswith(";")
            and item.text.partition("{")[0].strip() == other.text.removesuffix(";"))

    def axioms(self):
        """What is assumed reads as in axioms.acsl, and with it all that it speaks of."""
        stated = " ".join(item.text + (item.contract or "") for item in self.assumed.values())
        for file, unit in self.units.items():
            for item in unit.items:
                known = self.assumed.get(item.name)
                spoken = re.search(rf"\b{item.name}\b", stated) and item.kind in ("logic", "predicate")
                if known and (known.text, known.contract) != (item.text, item.contract):
                    yield f"{file}: {item.name} is not as in proofs/wp/axioms.acsl: {flat(item)}"
                elif not known and (item.kind == "axiomatic" or spoken):
                    yield f"{file}: {item.kind} {item.name} is not in proofs/wp/axioms.acsl: {flat(item)}"
            for fact in unit.properties:
                if fact.kind == "axiom" and fact.names[-1] not in self.theorems:
                    yield f"{file}: axiom {fact.names[-1]} is not in proofs/wp/axioms.txt"
        read = {item.name for unit in self.units.values() for item in unit.items}
        found = {fact.names[-1] for unit in self.units.values() for fact in unit.properties
                 if fact.kind == "axiom"}
        yield from (f"proofs/wp/axioms.acsl: {name} is nowhere" for name in self.assumed
                    if name not in read)
        yield from (f"proofs/wp/axioms.txt: axiom {name} does not exist" for name in self.theorems
                    if name not in found)

    def lemmas(self):
        """Each lemma is stated in one file, and no two files prove theirs from each other's."""
        place, after = {}, {}
        for file, unit in self.units.items():
            for fact in unit.properties:
                if fact.kind == "lemma" and place.setdefault(fact.names[-1], fact.file) != fact.file:
                    yield f"lemma {fact.names[-1]} is stated twice"
        for file, unit in self.units.items():
            names = [item.name for item in unit.of("lemma")]
            self.stated[file] = [name for name in names if place[name] == self.path(file)]
            after[self.path(file)] = {place[name] for name in names} - {self.path(file)}
        for name in set(place) - {name for names in self.stated.values() for name in names}:
            yield f"lemma {name} is stated in {self.short(place[name])}, which does not prove it"
        for ring in rings(after):
            yield f"{', '.join(map(self.short, ring))}: lemmas that are proved from one another"

    def path(self, file):
        return self.root + "/" + file

    def short(self, path):
        return str(path).removeprefix(self.root + "/")

    def contracts(self):
        """Every function of the kernel has code, a whole contract, and no other."""
        defined = {}
        for file, unit in self.sources.items():
            for item in unit.of("function"):
                if "{" not in item.code():
                    continue
                key, where = self.key(unit, item), unit.files.get(item.name)
                if key not in defined:
                    defined[key] = where
                    self.proving[file].append(item.name)
                elif defined[key] != where:
                    yield f"{item.name} has code in {self.short(defined[key])} and in {self.short(where)}"
                yield from self.contract(file, unit, item)
        for file, unit in self.units.items():
            for item in unit.of("function"):
                if self.key(unit, item) not in defined and item.name not in self.reasons:
                    yield (f"{file}: {item.name} has no code that is proved and no entry in "
                           "proofs/wp/axioms.txt")
                if item.name in self.reasons and self.key(unit, item) in defined:
                    yield f"proofs/wp/axioms.txt: {item.name} has code"
        names = {item.name for unit in self.units.values() for item in unit.of("function")}
        yield from (f"proofs/wp/axioms.txt: contract {name} is not used" for name in self.reasons
                    if name not in names)

    def contract(self, file, unit, item):
        """Problems of one function's properties, as Frama-C registers them."""
        own = [fact for fact in unit.properties if fact.function == item.name]
        stated = [fact for fact in own if fact.statement is None]
        for kind, text in ONCE.items():
            found = [fact.predicate for fact in stated if fact.kind == kind]
            if len(found) != 1 or text not in (None, found[0]) or "everything" in found[0]:
                yield (f"{file}: {item.name}: the contract must say once "
                       f"{kind} {text or 'and name what is written'}"
                       + (f", not {', '.join(found)}" if found else ""))
        written = re.findall(r"\bassigns\b(.*?);", item.contract or "", flags=re.S)
        result = {"\\result", *re.findall(r"\*\(*([A-Za-z_]\w*)", written[0] if written else "")}
        if not any(fact.kind == "ensures" for fact in stated):
            yield f"{file}: {item.name} has no ensures"
        for fact in stated:
            if fact.kind == "ensures" and item.name in self.public and not any(
                    re.search(rf"(?<!\w){re.escape(word)}\b", fact.predicate) for word in result):
                yield (f"{file}: {item.name}: ensures {' '.join(fact.names)}: {fact.predicate}: says "
                       "nothing of what the function returns or writes")
        for fact in own:
            allowed = CONTRACT if fact.statement is None else CODE
            if fact.kind not in allowed or fact.kind == "behavior" and fact.names != ("default!",):
                yield (f"{file}: {item.name}: {fact.kind} {' '.join(fact.names)} {fact.predicate}: "
                       "may not stand here")

    def recursion(self):
        """No function calls itself, not through others either: each is proved from the others'
        contracts."""
        after = {}
        for unit in self.sources.values():
            keys = {item.name: self.key(unit, item) for item in unit.of("function")}
            for item in unit.of("function"):
                after.setdefault(keys[item.name], set()).update(
                    keys.get(name, ("", name)) for name in item.calls())
        for ring in rings(after):
            yield f"{', '.join(name for _, name in ring)}: recursion"

    def assumptions(self):
        """What Frama-C considers valid is what axioms.txt says; contracts of functions without code
        here are those of code proved elsewhere, or listed there."""
        for file, unit in self.units.items():
            elsewhere = {item.name for item in unit.of("function") if "{" not in item.code()}
            for fact in unit.properties:
                if fact.status == "considered_valid" and fact.function not in elsewhere and not (
                        fact.kind == "axiom" and fact.names[-1] in self.theorems):
                    yield (f"{file}: {fact.function or 'logic'}: {fact.kind} {' '.join(fact.names)} "
                           f"{fact.predicate}: taken without proof")
                if fact.function is None and fact.kind not in LOGIC:
                    yield f"{file}: {fact.kind} {' '.join(fact.names)}: may not stand here"


def flat(item):
    return f"{item.contract or ''} {item.text}".strip()


def rings(after):
    """Cycles of a graph, given as node -> nodes it leads to."""
    state, found = {}, []

    def visit(node, path):
        state[node] = "open"
        for follower in sorted(after.get(node, ()), key=str):
            if state.get(follower) == "open":
                found.append(path[path.index(follower):] if follower in path else [follower])
            elif follower not in state:
                visit(follower, [*path, follower])
        state[node] = "done"

    for node in sorted(after, key=str):
        if node not in state:
            visit(node, [node])
    return found
