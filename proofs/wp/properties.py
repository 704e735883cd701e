"""Frama-C's own list of the properties of a translation unit, with the status of each."""

import collections

QUERY = [{"id": "functions", "request": "kernel.ast.fetchFunctions", "data": 100000},
         {"id": "properties", "request": "kernel.properties.fetchStatus", "data": 100000}]

# function: None for lemmas and axioms; statement: None in a function's contract.
Property = collections.namedtuple("Property", "function kind names predicate status file statement")


def files(answer):
    """The file of each function, in an answer to QUERY."""
    return {entry["name"]: entry["sloc"]["file"] for entry in answer[0]["data"]["updated"]}


def read(answer):
    """The properties in an answer to QUERY."""
    for entry in answer[1]["data"]["updated"]:
        text = " ".join((entry["predicate"] or entry["descr"]).split())
        for name in entry["names"]:
            text = text.removeprefix(f"{name}: ")
        yield Property(entry["fct"], entry["kind"], tuple(entry["names"]), text, entry["status"],
                       entry["source"]["file"], entry["kinstr"])
