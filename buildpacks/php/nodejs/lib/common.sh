# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The output and the environment of every hythe buildpack. Each buildpack has
# its own copy; sync-lib keeps them equal.

title() { printf -- '-----> %s\n' "$*"; }
info() { printf '       %s\n' "$*"; }
warn() { printf ' !     %s\n' "$@" >&2; }

# fail LINE...: says what is wrong and what to do, and ends the build.
fail() {
  printf ' !\n' >&2
  warn "$@"
  printf ' !\n' >&2
  exit 1
}

# export_env_dir DIR: exports the app's variables, one file each, bytes as they
# are. What would change the build system instead of the app is left out.
export_env_dir() {
  local file name value
  local denied='^(PATH|HOME|SHELL|USER|IFS|PWD|OLDPWD|SHLVL|BASH_ENV|ENV|LOGNAME|TMPDIR|_|SHELLOPTS|BASHOPTS|PS4|CDPATH|GIT_.*|LD_PRELOAD|LD_AUDIT|LD_LIBRARY_PATH|LIBRARY_PATH|CPATH|CPPATH|C_INCLUDE_PATH|PYTHONHOME|PYTHONPATH|STACK|SOURCE_VERSION|REQUEST_ID|APP|BUILD_DIR|CACHE_DIR|ENV_DIR|DYNO|PORT)$'
  for file in "${1:-/nonexistent}"/*; do
    name=${file##*/}
    [[ -f $file && $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ && ! $name =~ $denied ]] || continue
    IFS= read -r -d '' value <"$file" || true  # $(cat) would eat final newlines
    export "$name=$value"
  done
  trace_if_asked
}

# With BUILDPACK_XTRACE or BUILDPACK_DEBUG, every command is shown as it is written: as bash's own
# trace would show it, with the values of its variables, secrets would be in the log.
trace_if_asked() {
  case ${BUILDPACK_XTRACE:-${BUILDPACK_DEBUG:-}} in '' | 0 | false) return ;; esac
  exec {trace_to}>&2  # not into what a command's output is taken for
  set -o functrace
  trap 'printf "+ %s:%s: %s\n" "${BASH_SOURCE[0]##*/}" "$LINENO" "$BASH_COMMAND" >&"$trace_to"' DEBUG
}
