"""What the proofs rest on: proofs/SOUNDNESS.md."""

import markdown
from markup import section


def render(root):
    parts = markdown.sections((root / "proofs/SOUNDNESS.md").read_text())
    axioms = [title for title in parts if title.startswith("Every axiom")]
    rest = [title for title in parts if title not in axioms]
    content = "".join(f"<h3>{markdown.inline(title)}</h3>" + markdown.render(parts[title], 2)
                      for title in axioms)
    content += "".join(f"<details><summary>{markdown.inline(title)}</summary>"
                       + markdown.render(parts[title], 2) + "</details>" for title in rest)
    return section("soundness", "Axioms and soundness gaps", content)
