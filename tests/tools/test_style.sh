#!/bin/sh
# The sources are as clang-format writes them (`clang-format -i FILE`), but for the kernel's, which has
# its own setting and is not yet held to it.
. "$(dirname "$0")/tap.sh"

test_the_formatter_is_silent() {
  find src tests -name '*.[ch]' ! -path 'src/kernel/*' | xargs clang-format --dry-run -Werror
}

run_tests "$@"
