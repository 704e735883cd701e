#!/bin/sh
# make claims is green here, and red as soon as any one reference of the registry is broken. Each case
# breaks one thing in a copy of the sources, beside the figures of this checkout, and runs the checker
# there.
. "$(dirname "$0")/tap.sh"
figures=build/reproduce-quick
verified=$PWD/tests/tools/verified.py
tree=$scratch/tree
make -s claims >"$scratch/made" 2>&1 || { cat "$scratch/made"; exit 1; }

prepare() {
  rm -rf "$tree"
  mkdir -p "$tree/build" "$tree/tests"
  cp -r spec src proofs CLAIMS.md "$tree"
  cp -r tests/unit tests/golden tests/reproduction tests/commandline tests/tools "$tree/tests"
  cp -r $figures "$tree/build"
  cd "$tree"
}

# Replaces one occurrence in a file, which must be there: change FILE OLD NEW. A row's id in place of
# the file: in that row of the registry.
change() {
  case $1 in
    [A-Z][0-9]*) file=spec/claims/claims.csv row="^(?=$1,).*?" ;;
    *) file=$1 row= ;;
  esac
  OLD=$(printf '%b' "$2") NEW=$(printf '%b' "$3") ROW=$row perl -0pi -e \
    's/($ENV{ROW})\Q$ENV{OLD}\E/$1$ENV{NEW}/m or die "$ARGV has no $ENV{OLD}\n"' "$file"
}

# The checker names the problem: red PROBLEM [--strict].
red() {
  problem=$1
  shift
  status=0
  spec/claims/check.py "$@" >"$scratch/out" 2>&1 || status=$?
  test $status = 1
  grep -qF "$problem" "$scratch/out"
}

# A report of `make verify`, everything proved but for changes in JSON.
verified() {
  python3 "$verified" . "${1:-{\}}"
}

test_the_copy_is_green_and_says_that_proofs_were_not_run() {
  prepare
  spec/claims/check.py | grep -q 'proofs: make verify has not been run here'
}

# Where | what stands there | what is put there | the problem that it makes.
changes() {
  cat <<'END'
P18|fl_rounds|fl_roundz|P18: no ACSL symbol or clause fl_roundz
R4|ist_dot:error ||error clause ist_dot:error belongs to no claim
P18|ist_fixed_point |ist_fixed_points |P18: no declaration of the C function
P07|_linear |_linearly |P07: no headline theorem Theorem1.theorem1_linearly
P07|Theorem1.contraction_root||headline theorem Theorem1.contraction_root belongs
P09|unit/moments.perm_1|unit/moments.perm_one|P09: no test unit/moments.perm_one
P09|unit/moments.|golden/moments.|P09: no test golden/moments.perm_1
P09|unit/moments.perm_1_expectation_is_the_diagonal||P09: no test
P17|_diminish,bias|_diminish,biases|P17: no figure biases
P18|_1e_14,|_1e_14,bias|P18: no experiment checks it on the figure bias
N7|definiteness||N7: checked on the figure definiteness, which its row
N7|N7,|N6,|no row for N7
R10|R10,|R9,|R9: two rows
R11|,proved,|,obvious,|R11: status 'obvious' is not one of
R11|,ours,|,theirs,|R11: provenance 'theirs' is not one of
P09|as printed|as meant|P09: fidelity 'as meant' is not one of
P10|as printed|derived|P10: derived, but not what differs
N8|,proved,,,,|,proved,,as printed,,|N8: fidelity to a text that does not say it
N2|,proved,,,,|,proved,Euler,,,|N2: a source belongs to what is known
R2|IEEE 754||R2: a source belongs to what is known
R9|ist_fixed_point:error|drift|R9: proved by neither a theorem nor
P10|Corrections.P10_necessary|Instances.root2_instance|P10: proved by neither a
E2|Corrections.E2_refuted ||E2: corrected, but no theorem named ..._refuted
E4| Corrections.E4_corrected||E4: corrected by neither a theorem nor
P17|Remarks.E5_refuted|Remarks.E5_bias|P17: refuted, but no theorem named
N8|,proved,|,open,|N8: open, but proofs/coq/open.txt does not say why
P09|before (17)|(40)|P09: the entry of equations.csv for '(40)' does not name it
spec/homogeneous.h|logic real drift(|logic real drifted(|R10: no ACSL symbol or clause drift
src/kernel/quadratic.h|ensures error:|ensures near:|R5: no ACSL symbol or clause ist_gradient:error
src/kernel/homogeneous.h|void ist_closed_form(|void ist_closed_forms(|P15: no declaration of the C function ist_closed_form
src/kernel/merge.h|#endif\n\n/**|#endif\n\nvoid ist_new(void);\n\n/**|kernel function ist_new belongs to no claim
src/kernel/quadratic.h|[claim P04, R12]|[claim R12]|P04: the declaration of ist_value does not say [claim P04]
src/kernel/quadratic.h|[claim P04, R12]|[claim P04, P05, R12]|the declaration of ist_value says [claim P05], whose row does not name it
src/kernel/quadratic.h|#include|/* [claim P04] */\n#include|a header names a claim where no declaration follows
proofs/coq/Theorem1.v|Theorem theorem1_linear|Theorem theorem1_fast|headline.txt: no theorem Theorem1.theorem1_linear in the sources
proofs/coq/open.txt|P22 |P99 |open.txt names P99, which has no row
proofs/coq/open.txt|experiment|trial|CLAIMS.md is out of date
tests/unit/test_moments.c|perm_1_expectation_is_the_diagonal|perm_1_expectation|P09: no test unit/moments.perm_1_expectation_is_the_diagonal
src/check/claims_scaled.c|{"P14", "|{"N6", "|ist check evaluates N6, which has no
CLAIMS.md|Rand-q is unbiased|Rand-q is biased|CLAIMS.md is out of date
spec/theorems.md|classical|classic|spec/theorems.md is out of date
src/kernel/quadratic.c|void ist_gradient(|void ist_gradients(|P04: no definition of the C function ist_gradient
proofs/coq/instances.txt|Theorem1.W_psd|Theorem1.W_bad|instances.txt: no headline theorem Theorem1.W_bad
spec/claims/claims.csv|latex,|tex,|the columns are not
spec/claims/equations.csv|\n(5),definition|\n(5),|equations.csv: (5): '' is neither
spec/claims/equations.csv|\n(17),P10|\n(17),P99|equations.csv: (17): 'P99 N14' is neither
spec/claims/equations.csv|\n(17),|\n(71),|equations.csv: (71) is no equation
spec/claims/equations.csv|\n(16),P07|\n(16),P06|P07: the entry of equations.csv for
spec/claims/equations.csv|\n(16),P07|\n(16),P06|equations.csv: P06 does not stand at (16)
spec/claims/corrections.csv|slip,P13|slip,P14|P13: no entry in corrections.csv says what
spec/claims/corrections.csv|E2,slip|E2,remark|corrections.csv: E2 is no remark
spec/claims/corrections.csv|E4,slip|E2,slip|E4: 0 entries of its own in corrections.csv
spec/claims/corrections.csv|N14,|P04,|N14: 0 entries of its own in corrections.csv
spec/claims/corrections.csv|N14,|P04,|P04: 1 entries of its own in corrections.csv
spec/claims/corrections.csv|remark,P10|remark,P99|corrections.csv names P99, which has no
spec/claims/corrections.csv|,no,|,,|corrections.csv: E5 has no resolved
END
}

test_every_change_is_noticed() {
  prepare
  changes >"$scratch/changes"
  while IFS='|' read -r place old new problem; do
    change "$place" "$old" "$new" </dev/null
    red "$problem" </dev/null
    cp "$OLDPWD/$file" "$file"
  done <"$scratch/changes"
}

test_figures_that_are_gone_or_new() {
  prepare
  rm $figures/bias.svg
  echo '<svg/>' >$figures/spiral.svg
  red 'E5: no figure bias'
  red 'figure spiral belongs to no claim'
  rm $figures/summary.json
  red 'no figures'
}

test_every_equation_is_missed() {
  prepare
  equations=spec/claims/equations.csv
  cp $equations "$scratch/equations"
  count=$(wc -l <$equations)
  for line in $(seq 2 "$count"); do
    sed "${line}d" "$scratch/equations" >$equations
    red "equations.csv has no entry for "
  done
}

test_strict_needs_a_complete_report() {
  prepare
  red 'proofs not checked: make verify has not been run here' --strict
  verified
  spec/claims/check.py --strict | grep -q 'contracts and lemmas are proved'
  verified '{"complete": false}'
  red 'the last make verify was of one file only' --strict
  spec/claims/check.py
  verified '{"problems": ["a smoke test failed"]}'
  red 'a smoke test failed'
}

test_report_about_other_files() {
  prepare
  for name in spec/rounding.h spec/new.h src/kernel/merge.c proofs/wp/verify proofs/wp/framac.py \
    proofs/wp/trust.py proofs/wp/axioms.txt proofs/wp/axioms.acsl proofs/wp/why3config.py \
    proofs/wp/record.py proofs/wp/literals.h; do
    verified
    echo >>$name
    red "proofs not checked: $name has changed since" --strict
  done
}

test_report_outlives_the_record_of_provers_and_the_dates_of_files() {
  prepare
  verified
  echo 'goal,prover' >proofs/wp/provers.csv
  touch -d 2033-05-18 spec/rounding.h
  spec/claims/check.py --strict
}

test_rows_that_are_not_proved() {
  prepare
  while IFS='|' read -r old new problem; do
    verified </dev/null
    change build/wp/verify.json "$old" "$new" </dev/null
    red "$problem" </dev/null
  done <<'END'
"name": "ist_round", "goals": 3, "proved": 3|"name": "ist_round", "goals": 3, "proved": 2|the contract of ist_round: 1 goals are not proved
"name": "ist_round", "goals": 3|"name": "ist_round", "goals": 0|the contract of ist_round has no goal
"name": "ist_round"|"name": "ist_rounds"|the contract of ist_round has no goal
"spec/homogeneous_error.h", "seconds": 1.0, "rows": [{"name": "lemmas", "goals": 3, "proved": 3|"spec/homogeneous_error.h", "seconds": 1.0, "rows": [{"name": "lemmas", "goals": 3, "proved": 2|rounds_close_all in spec/homogeneous_error.h: 1 goals
END
}

run_tests "$@"
