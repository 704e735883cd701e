# Sourced by a script of tests: runs each of its functions test_NAME in a shell of its own, which ends
# at the first command that fails, and reports in TAP; what a failed one did stands under it.

cd "$(dirname "$0")/../.." || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
# What a `make` that started the tests has put into the environment.
unset MAKEFLAGS MFLAGS MAKELEVEL OUT INSTRUMENT
export OPENBLAS_NUM_THREADS=1

# Fails if the command succeeds; after `!` a shell goes on whatever the status.
not() {
  if "$@"; then return 1; fi
}

# Runs the functions named, or otherwise all of the script.
run_tests() {
  [ $# -gt 0 ] || set -- $(sed -n 's/^\(test_[a-z0-9_]*\)() {$/\1/p' "$0")
  echo "1..$#"
  failed=0
  for name; do
    (set -eux; "$name") >"$scratch/log" 2>&1 </dev/null
    if [ $? -eq 0 ]; then
      echo "ok - $name"
    else
      echo "not ok - $name"
      sed 's/^/# /' "$scratch/log"
      failed=1
    fi
  done
  exit $failed
}
