"""The theorems in Coq, and what `Print Assumptions` said of them."""

import freshness
import theorems
from markup import absent, section, table, text

ASSUMED = {"none": "nothing", "reals": "classical reals"}


def checked(root):
    """Whether the assumptions were printed after the last change of a source, and why not."""
    sources = [*(root / "proofs/coq").glob("*.v"), root / "proofs/coq/headline.txt"]
    reasons = [freshness.reason(root, root / f"build/coq/assumptions-{kind}.txt", *sources)
               for kind in ASSUMED]
    return reasons == [None, None], next(filter(None, reasons), "")


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
