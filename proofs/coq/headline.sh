#!/bin/sh
# Usage: headline.sh DIR, the directory of the compiled files.
# Fails if a source leaves anything unproved, if a headline theorem (headline.txt) is missing, or if
# the theorems of a kind rest on more than that kind allows: nothing for "none", the axioms of
# Coq's classical reals for "reals", these and Hilbert's epsilon for "epsilon", by which
# mathcomp-analysis makes Coq's reals an ordered field. Coq's answers are left in
# DIR/assumptions-KIND.txt.
set -eu
out=$1
reals='ClassicalDedekindReals\.sig_(forall_dec|not_dec)'
reals="$reals|FunctionalExtensionality\.functional_extensionality_dep|Classical_Prop\.classic"

fail() {
  echo "proofs/coq: $1" >&2
  exit 1
}

# The names of the axioms that the headline theorems of kind $1 rest on, one a line.
axioms() {
  awk -v kind="$1" '
    $3 == kind { files[$1]; names = names sprintf("  @Ist.%s.%s,\n", $1, $2) }
    END {
      for (f in files) printf "From Ist Require %s.\n", f
      printf "Definition headline := (\n%s  I).\nPrint Assumptions headline.\n", names
    }' headline.txt > "$out/Headline_$1.v"
  (cd "$out" && coqc -q -R . Ist "Headline_$1.v") > "$out/assumptions-$1.txt" ||
    fail "a theorem of headline.txt does not exist"
  grep -qE '^(Closed under the global context|Axioms:)' "$out/assumptions-$1.txt" ||
    fail "no answer from Print Assumptions"
  sed -nE '/^(Closed|Axioms:)/d; s/^([^ :]+).*/\1/p' "$out/assumptions-$1.txt"
}

if grep -nwE 'Admitted|admit|Axioms?|Parameters?|Conjecture|bypass_check|Guard Checking' ./*.v; then
  fail "unproved or assumed statement in the sources (see above)"
fi
if grep -vE '^(#|[A-Za-z0-9_]+ [A-Za-z0-9_]+ (none|reals|epsilon)$|$)' headline.txt; then
  fail "headline.txt: a row is not FILE THEOREM none|reals|epsilon (see above)"
fi
found=$(axioms none)
test -z "$found" || fail "axioms under theorems that must have none: $found"
found=$(axioms reals | grep -vE "^($reals)$" || true)
test -z "$found" || fail "axioms other than the classical reals: $found"
found=$(axioms epsilon | grep -vE "^($reals|Epsilon\.epsilon_statement)$" || true)
test -z "$found" || fail "axioms other than the classical reals and epsilon: $found"
count=$(grep -cE ' (none|reals|epsilon)$' headline.txt)
echo "proofs/coq: $count headline theorems, no further assumption"
