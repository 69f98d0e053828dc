# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in four files: see bin/compile
# Which Go the app asks for.

# read_go_mod: what go.mod (or go.work) says. Lines in comments, as Scalingo and Heroku have
# them: // +scalingo goVersion go1.22, // +heroku install ./cmd/...
read_go_mod() {
  local line file
  mod_go='' mod_toolchain='' mod_version='' mod_packages=()
  for file in go.mod go.work; do
    [[ -f $build_dir/$file ]] || continue
    while IFS= read -r line || [[ -n $line ]]; do
      line=${line%$'\r'}
      if [[ $line =~ ^go[[:space:]]+([^[:space:]/]+) ]]; then
        mod_go=${BASH_REMATCH[1]}
      elif [[ $line =~ ^toolchain[[:space:]]+([^[:space:]/]+) && ${BASH_REMATCH[1]} != default ]]; then
        mod_toolchain=${BASH_REMATCH[1]}
      elif [[ $line =~ ^//[[:space:]]*\+(scalingo|heroku)[[:space:]]+goVersion[[:space:]]+([^[:space:]]+) ]]; then
        mod_version=${BASH_REMATCH[2]}
      elif [[ $line =~ ^//[[:space:]]*\+(scalingo|heroku)[[:space:]]+install[[:space:]]+(.*) ]]; then
        read -ra line <<<"${BASH_REMATCH[2]}"
        mod_packages+=("${line[@]}")
      fi
    done <"$build_dir/$file"
    mod_file=$file
  done
}

# wanted_go: sets $go_wanted, empty if any will do, and $go_source, who says so. $go_rule is
# "series" if 1.22 means a 1.22.x, and "least" if it means that or newer: that is what the lines
# go and toolchain of go.mod promise.
wanted_go() {
  if [[ -n ${GOVERSION:-} ]]; then
    go_wanted=${GOVERSION//[[:space:]]/} go_source=GOVERSION go_rule=series
  elif [[ -n $mod_version ]]; then
    go_wanted=$mod_version go_source="$mod_file (goVersion)" go_rule=series
  else
    go_wanted=$mod_go go_source=${mod_file:-} go_rule=least
    if [[ -n $mod_toolchain ]]; then
      check_version "$mod_toolchain"
      if [[ -z $mod_go ]] || is_at_least "$(plain "$mod_toolchain")" "$(plain "$mod_go")"; then
        go_wanted=$mod_toolchain go_source="$mod_file (toolchain)"
      fi
    fi
  fi
  [[ -n $go_wanted ]] || return 0
  check_version "$go_wanted"
  go_wanted=$(plain "$go_wanted")
}

check_version() {
  [[ $1 =~ ^(go)?1\.[0-9]+(\.[0-9x]+|(rc|beta)[0-9]+)?(-.*)?$ ]] ||
    fail "$go_source asks for Go '$1', which is not a version of Go" 'Write for example 1.22 or 1.22.5.'
}

# go1.22.x, go1.22.3-custom -> 1.22, 1.22.3
plain() {
  local version=${1#go}
  version=${version%%-*}
  printf '%s' "${version%.x}"
}

# 1.22.3, 1.22rc1 -> 1.22
minor_of() { cut -d . -f 1,2 <<<"${1%%[a-z]*}"; }

# is_at_least VERSION LEAST
is_at_least() {
  local i have least
  IFS=. read -ra have <<<"${1%%[a-z]*}"
  IFS=. read -ra least <<<"${2%%[a-z]*}"
  for i in 0 1 2; do
    ((10#${have[i]:-0} == 10#${least[i]:-0})) || return $((10#${have[i]:-0} < 10#${least[i]:-0}))
  done
}

# is_wanted VERSION: whether this Go is what the app asks for. Until 1.20, x.y.0 was called x.y.
is_wanted() {
  case ${go_wanted:+$go_rule} in
    '') ;;
    least) is_at_least "$1" "$go_wanted" ;;
    series) [[ $1 == "$go_wanted" || $1 == "$go_wanted".* || $1.0 == "$go_wanted" ]] ;;
  esac
}

# The wish in words: "go.mod asks for Go 1.22 or newer".
describe_wish() {
  local more=''
  [[ $go_rule != least ]] || more=' or newer'
  printf '%s asks for Go %s%s' "$go_source" "$go_wanted" "$more"
}
