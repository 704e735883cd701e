#!/bin/sh
# The paper: typeset without a flaw from generated inputs, and refused where one is missing. Built in a
# copy of the sources, beside products of this checkout and a report as `make verify` writes it.
. "$(dirname "$0")/tap.sh"
figures=build/reproduce-quick
verified=$PWD/tests/tools/verified.py
tree=$scratch/tree
make -s build $figures/summary.json >"$scratch/made" 2>&1 || { cat "$scratch/made"; exit 1; }

# A copy of what the paper is made of, in which it then works.
prepare() {
  rm -rf "$tree"
  mkdir -p "$tree/build" "$tree/src" "$tree/tests/data"
  cp -r paper spec proofs .ci VERSION COMMIT "$tree"
  cp -r src/kernel "$tree/src"
  cp -r tests/data/longley tests/data/golden.json "$tree/tests/data"
  cp -r $figures "$tree/build"
  ln -s "$PWD/build/ist" "$tree/build/ist"
  cd "$tree"
  verified
}

# A report of `make verify` about the copy, with changes in JSON.
verified() {
  python3 "$verified" . "${1:-{\}}"
}

built() {
  test "$(paper/build)" = build/paper/ist.pdf
}

# The paper is not built, for this reason in one line.
refused() {
  status=0
  paper/build 2>"$scratch/reason" || status=$?
  test $status = 1
  grep -qE "^make paper: .*$1" "$scratch/reason"
  test "$(wc -l <"$scratch/reason")" = 1
  test ! -e build/paper/ist.pdf
}

# Every number printed by a pattern in the file is at most the limit.
at_most() {
  sed -nE "s/$1/\1/p" "$2" | awk -v limit="$3" '$1 > limit { exit 1 }'
}

test_the_paper_has_no_flaw() {
  prepare
  built
  test "$(grep -cE 'LaTeX Warning:|Package [A-Za-z]+ Warning:' build/paper/ist.log)" = 0
  at_most '^Overfull .[hv]box \(([0-9.]+)pt.*' build/paper/ist.log 5
  pages=$(sed -nE 's/.*Output written on ist\.pdf \(([0-9]+) pages.*/\1/p' build/paper/ist.log)
  # The note itself, before the tables of the registry.
  note=$(sed -nE 's/.*newlabel\{tab:claims\}\{\{[0-9]+\}\{([0-9]+)\}.*/\1/p' build/paper/ist.aux)
  test "$note" -ge 6 -a "$note" -le 10 -a $((pages - note)) -le 3
  mv build/paper "$scratch/first"
  built
  cmp build/paper/ist.pdf "$scratch/first/ist.pdf"
}

test_every_claim_is_in_the_registry_and_every_source_is_cited() {
  prepare
  built
  ids=$(sed -n '2,$s/^\([A-Z][0-9]*\),.*/\1/p' spec/claims/claims.csv)
  test "$(echo "$ids" | wc -l)" -gt 50
  test "$(cat build/paper/claims.tex build/paper/rounding.tex |
    grep -oE 'hypertarget\{claim:\w+' | sed 's/.*://')" = "$ids"
  for claim in $(grep -oE '\\claim\{\w+' paper/ist.tex build/paper/corrections.tex | sed 's/.*{//'); do
    echo "$ids" | grep -qx "$claim"
  done
  test "$(grep -c '^.claim{' build/paper/corrections.tex)" = \
    "$(sed 1d spec/claims/corrections.csv | grep -cE '^[A-Z]+[0-9]+,')"
  sed -nE 's/^@\w+\{(\w+),/\1/p' paper/references.bib | sort >"$scratch/entries"
  sed -nE 's/.*\\citation\{(.*)\}/\1/p' build/paper/ist.aux | tr ',' '\n' | sort -u |
    cmp - "$scratch/entries"
}

test_numbers_are_those_of_their_sources() {
  prepare
  built
  goals=$(sed -nE 's/^[^[]*"goals": ([0-9]+),.*/\1/p;q' build/wp/verify.json)
  theorems=$(grep -vcE '^(#|$)' proofs/coq/headline.txt)
  checks=$(grep -c '"id":' $figures/summary.json)
  for value in "wp.goals $goals" "coq.theorems $theorems" "figures.checks $checks" \
    'errata.c_diverge.theta_true 393/5'; do
    sed 's/[\\,]//g' build/paper/values.tex | grep -qF "ist@${value% *}endcsname{${value#* }}"
  done
  # 393/5 lies in the enclosure that is shown for it.
  sed -nE '/28I/s/.*\$\[([0-9.]+),\\ ([0-9.]+)\]\$.*/\1 \2/p' build/paper/certificates.tex |
    awk '!($1 < 78.6 && 78.6 < $2) { exit 1 } END { exit NR != 1 }'
}

test_refused_without_a_complete_verification() {
  prepare
  rm build/wp/verify.json
  refused 'make verify has not been run here; run make verify first'
  verified '{"complete": false}'
  refused 'the last make verify was of one file only'
  verified '{"proved": 1}'
  refused 'make verify did not prove everything'
  verified
  echo >>spec/rounding.h
  refused 'spec/rounding.h has changed since make verify'
}

test_refused_with_violated_or_missing_figures() {
  prepare
  sed -i '0,/"holds"/s//"violated"/' $figures/summary.json
  refused 'ist reproduce found P21 violated'
  rm -r $figures
  refused 'ist reproduce has not been run here; run make reproduce first'
}

test_refused_if_a_certificate_contradicts_the_exact_value() {
  prepare
  sed -i '0,/"393\/5"/s//"394\/5"/' tests/data/golden.json
  refused 'the enclosure of theta for N14 does not contain 394/5'
}

test_refused_if_the_text_asks_for_an_unknown_number() {
  prepare
  sed -i '0,/\\ist{wp.goals}/s//\\ist{wp.gaols}/' paper/ist.tex
  refused 'Package ist Error: unknown value wp.gaols'
}

run_tests "$@"
