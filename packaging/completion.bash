# Completion of ist and ist-mpi in bash. Commands, options and whether an option takes a value are
# read from --help.

# The values of the option $1 that begin with $2, for options whose values are known.
_ist_values() {
  case $1 in
    --sketch) compgen -W 'identity perm scaled-perm rand' -- "$2" ;;
    --start) compgen -W 'zero gaussian' -- "$2"; compgen -f -- "$2" ;;
    --step) compgen -W 'auto' -- "$2" ;;
    --data | --target | --trace | --checkpoint | --resume | -o | --output) compgen -f -- "$2" ;;
  esac
}

# The entries of a help that begin with the pattern $1, one a line.
_ist_entries() {
  sed -nE "s/^  (-[a-z], )?($1).*/\2/p" | sort -u
}

_ist() {
  local program=$1 word=$2 previous=$3 command=${COMP_WORDS[1]} help words
  if [ "$COMP_CWORD" -eq 1 ]; then
    help=$("$program" --help 2>/dev/null)
    words=$(compgen -W "$(_ist_entries '[a-z-]+' <<<"$help")" -- "$word")
  elif [ "$command" = problem ] && [ "$COMP_CWORD" -eq 2 ]; then
    help=$("$program" --help 2>/dev/null)
    words=$(compgen -W "$(sed -nE 's/^  problem ([a-z]+).*/\1/p' <<<"$help") --help" -- "$word")
  else
    help=$("$program" "$command" --help 2>/dev/null)
    if grep -qE "^  (-[a-z], )?$previous(, --[a-z]+)? [A-Z]" <<<"$help"; then
      words=$(_ist_values "$previous" "$word")
    elif [[ $word == -* ]]; then
      words=$(compgen -W "$(_ist_entries '--[a-z-]+' <<<"$help")" -- "$word")
    else
      words=$(compgen -f -- "$word")
    fi
  fi
  COMPREPLY=()
  [ -z "$words" ] || mapfile -t COMPREPLY <<<"$words"
}

complete -o filenames -F _ist ist ist-mpi
