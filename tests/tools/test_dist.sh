#!/bin/sh
# The release archive builds and passes a test by itself, and knows the commit it was made from.
# In an unpacked archive, which has no repository, the tests are about that tree.
. "$(dirname "$0")/tap.sh"
version=$(cat VERSION)
archive=build/ist-$version.tar.gz
program=build/tests/golden/test_golden_theorem2
tree=$PWD
if [ -e .git ]; then
  make -s dist >/dev/null && tar -xzf "$archive" -C "$scratch" || exit 1
  tree=$scratch/ist-$version
fi

test_the_archive_is_the_same_every_time() {
  if [ -e .git ]; then
    cp "$archive" "$scratch/first"
    make -s dist
    cmp "$archive" "$scratch/first"
  else
    make -s dist 2>&1 | grep -q 'make dist: needs the repository'
  fi
}

test_the_archive_knows_its_commit() {
  commit=$("$tree/.ci/commit")
  echo "$commit" | grep -qE '^[0-9a-f]{12}$'
  if [ -e .git ]; then
    git rev-parse HEAD | grep -q "^$commit"
  fi
}

test_the_archive_builds_and_passes_a_test() {
  cd "$tree"
  make build "$program"
  build/ist --version | head -2 | tr '\n' ' ' | grep -qx "ist $version commit $(.ci/commit) "
  $program --tap="$scratch/results.tap"
  passed=$(grep '^ok - ' "$scratch/results.tap" | grep -vc '# SKIP')
  $program --list | grep -qx "golden_theorem2: $passed tests"
}

run_tests "$@"
