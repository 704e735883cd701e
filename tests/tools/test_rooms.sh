#!/bin/sh
# The rooms of src: includes lead down, from one room to those before it, and in no circle; a header
# declares what its namesake defines.
. "$(dirname "$0")/tap.sh"
# Each room may use those before it; mpi and the library, which is what ist.h names, end with run.
rooms='kernel machine problem moments spectral run check reproduce mpi cli'
library='kernel machine problem moments spectral run'

# "ROOM/FILE INCLUDED" of every include, but for those of the specification.
edges() {
  (cd src && grep -oE '^#include "[^"]+"' ./*/*.[ch]) |
    sed -nE '/"\.\.\/\.\.\/spec\//!s|^\./([^:]*):#include "(.*)"$|\1 \2|p'
}

test_every_file_has_a_room() {
  (cd src && ls -d */) | tr -d / | sort >"$scratch/found"
  printf '%s\n' $rooms | sort | cmp - "$scratch/found"
  test "$(edges | wc -l)" -gt 500
}

# As they stand: "file.h" of the same room, "room/file.h" of others.
test_one_style() {
  edges | while read -r file name; do
    case $name in
      "${file%/*}"/*) exit 1 ;;
      */*) test -e "src/$name" ;;
      *) test -e "src/${file%/*}/$name" ;;
    esac
  done
}

test_edges_lead_down() {
  edges | awk -v rooms="$rooms" '
    BEGIN { for (k = split(rooms, room, " "); k > 0; k--) rank[room[k]] = k }
    $2 ~ /\// {
      split($1, from, "/"); split($2, to, "/")
      if (rank[to[1]] >= (from[1] == "mpi" ? rank["run"] + 1 : rank[from[1]])) { print; bad = 1 }
    }
    END { exit bad }'
  for room in $(sed -nE 's|^#include "([^/]*)/.*|\1|p' src/ist.h | sort -u); do
    echo " $library " | grep -q " $room "
  done
}

# A .c and its .h are one; tsort fails on a circle.
test_no_circle_of_files() {
  edges | awk '{
    room = $1; sub("/.*", "/", room)
    to = $2 ~ /\// ? $2 : room $2
    sub(/\.[ch]$/, "", $1); sub(/\.[ch]$/, "", to)
    if ($1 != to) print $1, to
  }' >"$scratch/uses"
  tsort "$scratch/uses" >/dev/null
}

# name.h is for name.c, or, where there are several, for name_*.c.
test_a_header_declares_what_its_namesake_defines() {
  for header in src/*/*.h; do
    cat "${header%.h}".c "${header%.h}"_*.c 2>/dev/null >"$scratch/code" || true
    for name in $(perl -0pe 's|/\*.*?\*/||gs; s/static inline .*?^}//gms' "$header" |
      grep -v '^typedef' | sed -nE 's/^\w[A-Za-z0-9_ *]*\b(ist_\w+)\(.*/\1/p'); do
      grep -qE "^\w[A-Za-z0-9_ *]*\b$name\(" "$scratch/code"
    done
  done
}

run_tests "$@"
