#!/bin/sh
# The sources are as clang-format writes them (`clang-format -i FILE`).
. "$(dirname "$0")/tap.sh"

test_the_formatter_is_silent() {
  find src tests -name '*.[ch]' | xargs clang-format --dry-run -Werror
}

run_tests "$@"
