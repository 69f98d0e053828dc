# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2016,SC2154  # $build_dir is the script's; text for another shell
# What buildpacks for compiled programs share. Needs lib/common.sh and lib/debs.sh.

# Where a compiler is to come from. Not from Debian's packages without root, as other tools do:
# it looks for headers and libraries below /usr, and libc's own linker script names that place.
compiler_hint=('On the host stack: apt install build-essential (Debian, Ubuntu), or dnf install gcc-c++ make.'
  'Otherwise choose a stack that has it (hythe stack list).')

# require_procfile: nothing but a Procfile knows which of the programs is the server. With several
# buildpacks, another one may.
require_procfile() {
  [[ -f $build_dir/Procfile || -f $build_dir/.buildpacks ]] || fail 'There is no Procfile' \
    "$1 builds programs, and only a Procfile says how to start them. Write for example" "web: $2" \
    'The server has to listen on 0.0.0.0, at the port of the variable PORT.'
}

# need_tool PACKAGES PROGRAM...: makes sure of one of the programs; Debian's packages have it if
# the stack does not. All of those are unpacked, whichever the stack has: parts look for each other.
need_tool() {
  local packages program directory
  # shellcheck disable=SC2034  # apt_private's
  local apt_options=(-o APT::Get::ReInstall=true)
  read -ra packages <<<"$1"
  shift
  for program; do
    if type -P "$program" >/dev/null; then return; fi
  done
  directory=$cache_dir/tools/${packages[0]}
  ! has_debs || forget_other_stack
  [[ -e $directory/.debs ]] || install_debs "${packages[0]}" "$directory" "${packages[@]}"
  eval "$(debs_environment "$directory")"
  info "${packages[0]}, from Debian's packages"
}

# explain_compiler LOG: what commonly goes wrong, and the way out.
explain_compiler() {
  local log=$1 what
  if grep -qE '(cc|gcc|g\+\+|c\+\+|clang(\+\+)?): (not found|command not found|No such file or directory)|No CMAKE_[A-Z]+_COMPILER could be found|CMAKE_[A-Z]+_COMPILER not set' "$log"; then
    warn 'This stack has no compiler for that.' "${compiler_hint[@]}"
  elif grep -qE 'Killed signal terminated program|virtual memory exhausted' "$log"; then
    warn 'The compiler needed more memory than a build may have.' \
      'Let it do less at a time (CMAKE_BUILD_PARALLEL_LEVEL=1, MAKEFLAGS=-j1), or allow more (hythe.yml).'
  elif what=$(grep -m 1 -oE '[A-Za-z0-9_./+-]+\.h(pp)?: No such file or directory|Could NOT find [A-Za-z0-9_]+|Could not find a package configuration file provided by "[^"]+"|cannot find -l[A-Za-z0-9_+-]+|No package .?[A-Za-z0-9_.+-]+.? found|No module named .*' "$log"); then
    warn "A library is missing: ${what%: No such*}" \
      'Install its package for developers (libNAME-dev) on the stack; or list it in an Aptfile, and' \
      'in .buildpacks the buildpack apt before this one; or commit its sources.'
  elif grep -qE 'Could not resolve host|Failed to connect to|Failed to clone|Connection refused|Resolving timed out' "$log"; then
    warn 'A download failed (see above). Push again when its host can be reached, or commit what is downloaded.'
  fi
}

# jobs_at_once: as many as there are processors, with half a GB of memory for each.
jobs_at_once() {
  local jobs limit
  jobs=$(nproc)
  limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null) || true
  if [[ ${limit:-max} != max ]] && ((limit / 536870912 < jobs)); then jobs=$((limit / 536870912)); fi
  printf '%s' "$((jobs > 0 ? jobs : 1))"
}

# put_on_path NAME: .hythe/NAME/bin, for later buildpacks and for the app.
put_on_path() {
  mkdir -p "$build_dir/.profile.d"
  printf 'export PATH=%q:"$PATH"\n' "$build_dir/.hythe/$1/bin" >"$bp_dir/export"
  printf 'export PATH="/app/.hythe/%s/bin:$PATH"\n' "$1" >"$build_dir/.profile.d/$1.sh"
}
