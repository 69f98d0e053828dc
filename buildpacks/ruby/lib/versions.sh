# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Version ranges as Python and Ruby write them: 3.11, 3.11.*, >=3.9,<4, ~=3.11, ~> 3.1.2, ^3.11.

# compare_versions A B: sets $order to -1, 0 or 1. What a version leaves out is 0.
compare_versions() {
  local a b i
  IFS=. read -ra a <<<"$1"
  IFS=. read -ra b <<<"$2"
  for i in 0 1 2 3; do
    order=$(((10#${a[i]:-0} > 10#${b[i]:-0}) - (10#${a[i]:-0} < 10#${b[i]:-0})))
    ((order == 0)) || return 0
  done
}

# is_below VERSION SERIES: whether SERIES (3.11, '' is all) is the beginning of VERSION.
is_below() { [[ -z $2 || $1. == "$2".* ]]; }

# satisfies_one VERSION CONSTRAINT: 0 is yes, 1 is no, 2 is "this is no constraint".
satisfies_one() {
  local version=$1 operator operand order
  # A prerelease counts as the release it leads to: <4.0.0a0, 3.13.0rc1.
  [[ $2 =~ ^(===?|=|!=|>=|<=|>|<|~=|~\>|\^|~|)[[:space:]]*v?([0-9]+(\.[0-9]+)*)(\.\*|(\.?(a|b|rc|dev|post|alpha|beta|pre|preview)[0-9.]*)+)?$ ]] || {
    [[ $2 == '*' ]] && return 0 || return 2
  }
  operator=${BASH_REMATCH[1]} operand=${BASH_REMATCH[2]}
  if [[ ${BASH_REMATCH[4]} == '.*' ]]; then
    case $operator in
      '' | = | ==) operator='' ;;
      '!=') ! is_below "$version" "$operand" && return 0 || return 1 ;;
      *) ;;
    esac
  fi
  compare_versions "$version" "$operand"
  case $operator in
    '') is_below "$version" "$operand" ;;
    = | == | ===) ((order == 0)) ;;
    '!=') ((order != 0)) ;;
    '>=') ((order >= 0)) ;;
    '<=') ((order <= 0)) ;;
    '>') ((order > 0)) ;;
    '<') ((order < 0)) ;;
    # All but the last number stay as they are; at least the first does.
    '~=' | '~>') ((order >= 0)) && { [[ $operand != *.* ]] || operand=${operand%.*}; is_below "$version" "$operand"; } ;;
    '^') ((order >= 0)) && is_below "$version" "${operand%%.*}" ;;
    '~') ((order >= 0)) && [[ $operand =~ ^[0-9]+(\.[0-9]+)? ]] && is_below "$version" "${BASH_REMATCH[0]}" ;;
  esac
}

# satisfies VERSION RANGE: all constraints between two ||, of any such group; codes as above.
satisfies() {
  local version=$1 rest group constraint code result=1
  rest=${2//||/|}
  [[ $rest =~ [^[:space:],] ]] || return 0
  while :; do
    group=${rest%%|*} code=0
    # ">= 3.9 <4" and ">=3.9,<4" alike: a blank ends a constraint when a number is before it.
    while [[ $group =~ ^[[:space:],]*([^[:space:],0-9]*[[:space:]]*[0-9*][^[:space:],]*)(.*)$ ]]; do
      group=${BASH_REMATCH[2]} constraint=${BASH_REMATCH[1]}
      satisfies_one "$version" "$constraint" || code=$?
      ((code != 2)) || return 2
    done
    [[ ! $group =~ [^[:space:],] ]] || return 2
    ((code != 0)) || result=0
    [[ $rest == *'|'* ]] || return "$result"
    rest=${rest#*|}
  done
}

is_range() {
  local code=0
  satisfies 0 "$1" || code=$?
  ((code != 2))
}

# best_of RANGE: the newest that satisfies it, of the versions on stdin; nothing if none does.
best_of() {
  local version best='' order
  while read -r version; do
    satisfies "$version" "$1" || continue
    [[ -n $best ]] || best=$version
    compare_versions "$version" "$best"
    ((order <= 0)) || best=$version
  done
  printf '%s' "$best"
}
