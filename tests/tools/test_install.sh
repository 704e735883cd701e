#!/bin/sh
# make install, and what a user meets after it: the library, its manual pages, completion.
. "$(dirname "$0")/tap.sh"
commands='problem constants run expect check reproduce'
root=$scratch/root
usr=$root/usr
PKG_CONFIG_PATH=$usr/lib/pkgconfig
export PKG_CONFIG_PATH
make -s install PREFIX="$usr" >"$scratch/install" 2>&1 || { cat "$scratch/install"; exit 1; }

# The files under a directory, one a line.
files() {
  (cd "$1" && find . ! -type d | sed 's|^\./||' | LC_ALL=C sort)
}

test_places_and_removal() {
  stage=$scratch/stage
  set -- DESTDIR="$stage" PREFIX=/opt/ist libdir=/usr/lib64 mandir=/usr/man includedir=/usr/include \
    bindir=/bin
  make -s install "$@"
  for file in bin/ist bin/ist-mpi usr/lib64/libist.a usr/lib64/libist.so usr/lib64/libist.so.0 \
    usr/lib64/pkgconfig/ist.pc usr/include/ist/ist.h usr/include/ist/kernel/round.h \
    usr/include/ist/spec/exact.h usr/man/man1/ist.1 usr/man/man1/ist-mpi.1 usr/man/man1/ist-run.1 \
    usr/man/man3/libist.3 opt/ist/share/doc/ist/LICENSE \
    opt/ist/share/bash-completion/completions/ist \
    opt/ist/share/bash-completion/completions/ist-mpi; do
    test -r "$stage/$file"
  done
  test -z "$(files "$stage" | grep -vE '^(bin|usr/lib64|usr/include/ist|usr/man|opt/ist/share)/')"
  test -z "$(find "$stage" ! -perm -a+r)"
  touch "$stage/usr/include/ist/kernel/mine.h" "$stage/usr/lib64/libother.so"
  make -s uninstall "$@"
  files "$stage" >"$scratch/left"
  printf '%s\n' usr/include/ist/kernel/mine.h usr/lib64/libother.so | cmp - "$scratch/left"
}

test_uninstall_leaves_no_directory_of_its_own() {
  make -s install DESTDIR="$scratch/whole"
  make -s uninstall DESTDIR="$scratch/whole"
  test -z "$(files "$scratch/whole")"
  test -z "$(find "$scratch/whole" -name ist)"
}

test_only_the_public_functions_are_exported() {
  gcc -std=c11 $(pkg-config --cflags ist) -fsyntax-only -aux-info "$scratch/declared" -x c \
    "$usr/include/ist/ist.h"
  sed -nE 's|^/\* [^ ]*/include/ist/[^ ]* \*/ extern [^(]*\b(ist_\w+) \(.*|\1|p' "$scratch/declared" |
    sort -u >"$scratch/public"
  for name in ist_round ist_problem_load ist_constants_compute ist_expect; do
    grep -qx $name "$scratch/public"
  done
  nm -D --defined-only --format=posix "$usr/lib/libist.so" | awk '$2 != "A" {print $1}' |
    sed 's/@.*//' | sort | cmp - "$scratch/public"
  nm -g --defined-only --format=posix "$usr/lib/libist.a" | awk 'NF > 2 {print $1}' | sort |
    cmp - "$scratch/public"
}

test_soname_links_and_version() {
  readelf -d "$usr/lib/libist.so" | grep -qF 'Library soname: [libist.so.0]'
  test "$(readlink "$usr/lib/libist.so")" = libist.so.0
  test "$(readlink "$usr/lib/libist.so.0")" = "libist.so.$(cat VERSION)"
  test "$(pkg-config --modversion ist)" = "$(cat VERSION)"
}

# Builds the example with flags of pkg-config.
build_example() {
  gcc -std=c11 -O2 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror tests/example/descend.c \
    $(pkg-config --cflags "$@" --libs ist) -lm -o "$scratch/descend"
}

# The example agrees with the program, and its runs with their expectation.
example_descends() {
  build/ist problem regression --data tests/data/longley/A.mtx \
    --target tests/data/longley/target.mtx --workers 3 --ridge 0.1 --standardize \
    -o "$scratch/problem"
  "$scratch/descend" "$scratch/problem" 50 2000 >"$scratch/out"
  theta=$(sed -n 's/^theta //p' "$scratch/out")
  build/ist constants "$scratch/problem" >"$scratch/constants"
  build/ist expect "$scratch/problem" --rounds 50 --step "$(awk "BEGIN {printf \"%.17g\", 1/$theta}")" \
    --trace "$scratch/trace"
  awk '
    function near(a, b, relative) { return (a - b) ^ 2 <= (relative * b) ^ 2 }
    FILENAME ~ /out$/ { value[$1] = $2 }
    FILENAME ~ /constants$/ && $1 == "theta" { theta = $2 }
    FILENAME ~ /trace$/ { split($0, column, ","); gap = column[2] }
    END {
      exit !(near(value["theta"], theta, 1e-10) && near(value["expected"], gap, 1e-12) &&
        value["error"] > 0 && value["error"] < 0.01 * value["expected"] &&
        near(value["sampled"], value["expected"], 5 * value["error"] / value["expected"]))
    }' "$scratch/out" "$scratch/constants" "$scratch/trace"
}

test_example_with_the_shared_library() {
  export LD_LIBRARY_PATH="$usr/lib"
  test "$(pkg-config --libs-only-l ist)" = '-list '
  build_example
  readelf -d "$scratch/descend" | grep -q 'libist\.so\.0'
  example_descends
}

test_example_with_the_static_library() {
  mkdir "$scratch/away"
  mv "$usr"/lib/libist.so* "$scratch/away"
  build_example --static || built=no
  mv "$scratch"/away/* "$usr/lib"
  test -z "${built:-}"
  readelf -d "$scratch/descend" >"$scratch/dynamic"
  test "$(grep -c libist "$scratch/dynamic")" = 0
  example_descends
}

test_example_refuses_with_the_reason() {
  build_example
  status=0
  LD_LIBRARY_PATH=$usr/lib "$scratch/descend" nothing 1 2 2>"$scratch/reason" || status=$?
  test $status = 3
  echo "descend: nothing: No such file or directory" | cmp - "$scratch/reason"
}

test_every_header_stands_alone() {
  for header in "$usr"/include/ist/*/*.h; do
    case $header in
      */spec/*) ;;
      *) gcc -std=c11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -x c "$header" ;;
    esac
  done
}

test_contracts_can_be_read_by_frama_c() {
  echo '#include <ist.h>' >"$scratch/use.c"
  frama-c -no-autoload-plugins -cpp-extra-args="$(pkg-config --cflags ist)" "$scratch/use.c" -print \
    -ocode "$scratch/parsed.c"
  awk '
    /\/\*@/ { contract = "" }
    { contract = contract $0 }
    /^[a-z_].*ist_[a-z_]+\(/ {
      if (contract ~ /requires.*ensures/ && match($0, /ist_[a-z_]+\(/))
        print substr($0, RSTART, RLENGTH - 1)
      contract = ""
    }' "$scratch/parsed.c" | sort -u >"$scratch/contracts"
  sed -nE 's/^(void|bool|double) (ist_\w+)\(.*/\2/p' "$usr"/include/ist/kernel/*.h |
    sort -u >"$scratch/kernel"
  test "$(wc -l <"$scratch/kernel")" -gt 20
  test -z "$(comm -23 "$scratch/kernel" "$scratch/contracts")"
}

# The options that a help or a page describes: those that begin a line.
options_of() {
  sed -nE '/^EXAMPLES/q; s/^ +(-\w, )?(--[a-z-]+).*/\2/p' | sort -u
}

test_manual_pages() {
  make -s manual
  for page in libist.3 ist.1 ist-mpi.1 $(printf 'ist-%s.1 ' $commands); do
    MANWIDTH=80 man --warnings -E UTF-8 -l build/man/$page >"$scratch/$page" 2>"$scratch/warnings"
    test ! -s "$scratch/warnings"
    test -z "$(LC_ALL=C.UTF-8 grep -E '.{81}|\[claim' "$scratch/$page")"
    # Until a release the changes give no date.
    mandoc -Tlint -W warning build/man/$page 2>&1 |
      grep -v 'cannot parse date, using it verbatim: TH not yet released' >"$scratch/lint" || true
    test ! -s "$scratch/lint"
  done
}

test_options_of_the_manual_are_those_of_the_help() {
  make -s manual
  for name in ist ist-mpi $(printf 'ist-%s ' $commands); do
    case $name in
      ist) build/ist --help ;;
      ist-mpi) build/ist-mpi run --help ;;
      *) build/ist "${name#ist-}" --help ;;
    esac | options_of >"$scratch/help"
    man -E UTF-8 -l build/man/$name.1 | options_of | cmp - "$scratch/help"
  done
}

test_library_page_names_every_function() {
  make -s manual
  MANWIDTH=80 man -E UTF-8 -l build/man/libist.3 >"$scratch/page"
  nm -D --defined-only --format=posix "$usr/lib/libist.so" | sed -nE 's/^(ist_\w+).*/\1/p' |
    sort -u >"$scratch/exported"
  test "$(wc -l <"$scratch/exported")" -gt 40
  while read -r name; do
    grep -qE "^ {14}.*\b$name\(" "$scratch/page"
    grep -qE "^ {7}(ist_\w+, )*$name\b" "$scratch/page"
  done <"$scratch/exported"
}

# What Tab offers after the words, the last of which is being typed: "OFFERED ..." of WORDS.
offers() {
  expected=$1
  shift
  offered=$(bash --norc -c '
    source packaging/completion.bash
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _ist "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    printf "%s\n" "${COMPREPLY[@]}"' bash "$@" | LC_ALL=C sort | paste -sd' ')
  test "$offered" = "$expected"
}

test_completion() {
  offers '--help --version check constants expect problem reproduce run' build/ist ''
  offers 'reproduce' build/ist re
  offers '--help gaussian regression' build/ist problem ''
  for command in $commands; do
    all=$(build/ist $command --help | options_of | LC_ALL=C sort | paste -sd' ')
    offers "$all" build/ist $command $(test $command = problem && echo gaussian) --
  done
  offers '--start --step' build/ist run tests --st
  offers '--help --version run' build/ist-mpi ''
  offers '--resume' build/ist-mpi run tests --res
  offers 'identity perm rand scaled-perm' build/ist run tests --sketch ''
  offers 'auto' build/ist run tests --step ''
  offers '' build/ist run tests --rounds ''
  offers 'zero' build/ist run tests --start z
  offers 'README.md' build/ist run tests --trace READ
  offers 'tests/data' build/ist reproduce -o tests/dat
  offers 'tests/data' build/ist constants --json tests/da
}

run_tests "$@"
