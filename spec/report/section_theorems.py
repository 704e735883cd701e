"""The theorems in Coq, and what `Print Assumptions` said of them."""

import theorems
from markup import absent, section, table, text

ASSUMED = {"none": "nothing", "reals": "classical reals"}


def checked(root):
    """Whether the assumptions were printed after the last change of a source, and why not."""
    answers = [root / f"build/coq/assumptions-{kind}.txt" for kind in ASSUMED]
    if not all(path.exists() for path in answers):
        return False, ""
    oldest = min(path.stat().st_mtime for path in answers)
    changed = [path for path in [*(root / "proofs/coq").glob("*.v"),
                                 root / "proofs/coq/headline.txt"]
               if path.stat().st_mtime > oldest]
    return not changed, f"{changed[0].relative_to(root)} has changed since" if changed else ""


def render(root, registry):
    headline = theorems.headline(root)
    claims = {name: [c.id for c in registry if name in c.coq] for name in headline}
    done, reason = checked(root)
    state = (f"<p>{len(headline)} theorems compiled, and what they rest on checked.</p>" if done
             else absent("theorems", reason))
    rows = [(text(name.split(".")[1]), text(name.split(".")[0] + ".v"),
             ", ".join(f'<a href="#{claim}">{claim}</a>' for claim in claims[name]) or "instance",
             ASSUMED[kind]) for name, kind in headline.items()]
    return section("theorems", "Theorems in Coq",
                   state + table("Theorems, and what they may rest on beyond Coq",
                                 ("theorem", "file", "claims", "rests on"), rows))
