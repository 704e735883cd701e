#!/bin/sh
# One version everywhere, one licence for every file, and metadata that can be read.
. "$(dirname "$0")/tap.sh"
version=$(cat VERSION)

test_the_version_is_a_semantic_one_and_the_same_everywhere() {
  grep -qE '^[0-9]+\.[0-9]+\.[0-9]+$' VERSION
  grep -qx "version: $version" CITATION.cff
  grep -q "\"version\": \"$version\"" codemeta.json
  grep -q "\"version\": \"$version\"" .zenodo.json
  test "$(sed -n 's/^## \([0-9.]*\).*/\1/p' CHANGELOG.md | head -1)" = "$version"
  test "$(build/ist --version | head -1)" = "ist $version"
}

test_the_paper_is_cited() {
  for key in references preferred-citation; do
    sed -n "/^$key:/,/^[a-z]/p" CITATION.cff | grep -q 'arXiv:2306\.16484'
  done
  python3 -m json.tool codemeta.json | grep -q '"url": "https://arxiv.org/abs/2306.16484"'
  python3 -m json.tool .zenodo.json | grep -q '"identifier": "arXiv:2306.16484"'
}

test_the_keywords_are_the_same() {
  sed -n '/^keywords:/,/^[a-z]*:$/s/^  - //p' CITATION.cff >"$scratch/cff"
  test "$(wc -l <"$scratch/cff")" -ge 3
  for file in codemeta.json .zenodo.json; do
    python3 -m json.tool $file | sed -n '/"keywords"/,/]/s/^ *"\([^"]*\)",\{0,1\}$/\1/p' |
      cmp - "$scratch/cff"
  done
}

test_the_licence_of_every_file() {
  cmp LICENSE LICENSES/MIT.txt
  reuse lint
}

run_tests "$@"
