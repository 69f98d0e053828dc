# shellcheck shell=sh
# What the sandbox's scripts have in common: names and processes. Sourced.

die() {
  echo "error: $*" >&2
  exit 1
}

# Everything outside of DIR that belongs to a sandbox has its name: cgroups, mounts.
name_of() {
  printf 'hythe-sandbox-%.12s' "$(printf %s "$1" | sha256sum)"
}

# When a process was started, in ticks since the machine was. With its number, this names it
# for ever; the number alone may be another process's by now. One that has ended, and only
# waits to be reaped, is none.
start_of() {
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # The second field is a file name, and may contain anything.
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  case $1 in
    Z | X) return 1 ;;
  esac
  echo "${20}"
}

# remember PID FILE
remember() {
  start=$(start_of "$1") || die "process '$1' has ended"
  echo "$1 $start" >"$2"
}

# recall FILE prints the pid, while that very process lives.
recall() {
  { read -r pid start <"$1"; } 2>/dev/null || return 1
  [ "$(start_of "$pid")" = "$start" ] || return 1
  echo "$pid"
}

# await_end FILE, with a deadline. It is nobody's child here, so there is nothing to wait on.
await_end() {
  deadline=$(($(date +%s) + 30))
  while recall "$1" >/dev/null; do
    [ "$(date +%s)" -lt "$deadline" ] || die "process $(cat "$1") does not end"
    sleep 0.01
  done
}

child_of() {
  cut -d ' ' -f 1 "/proc/$1/task/$1/children"
}
