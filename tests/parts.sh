# What tests/check and tests/check-slow have in common: parts, each of which ends with a line
# "N passed, N failed[, N skipped]", and their sum. Needs root.
# shellcheck shell=sh
if [ "$(id -u)" -ne 0 ]; then
  echo "needs root: it makes namespaces, devices and users in a sandbox" >&2
  exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
skipped=0
begun=0  # how many parts have been: each has files of its own, $work/NUMBER.*
shown=0

# part NAME COMMAND …: runs one part, and adds up what its last line counts.
part() {
  begun=$((begun + 1))
  shown=$begun
  echo "== $1"
  run_part $begun "$@" | tee "$work/$begun.output"
  add_up $begun
}

# beside NAME COMMAND …: begins a part, and goes on at once. For what waits more than it
# computes; `together` shows it.
beside() {
  begun=$((begun + 1))
  echo "$1" >"$work/$begun.name"
  run_part $begun "$@" >"$work/$begun.output" &
  echo $! >"$work/$begun.pid"
}

# together: waits for all that has begun, and shows it in that order.
together() {
  while [ $shown -lt $begun ]; do
    shown=$((shown + 1))
    wait "$(cat "$work/$shown.pid")" || :
    echo "== $(cat "$work/$shown.name")"
    cat "$work/$shown.output"
    add_up $shown
  done
}

run_part() { # NUMBER NAME COMMAND …
  number=$1
  shift 2
  began=$(date +%s)
  "$@" 2>&1 || touch "$work/$number.failed"
  echo "($(($(date +%s) - began)) s)"
}

add_up() { # NUMBER
  counts=$(grep -oE '[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?' "$work/$1.output" | tail -n 1)
  status=0
  if [ -e "$work/$1.failed" ]; then status=1; fi
  if [ -z "$counts" ]; then
    # It counts nothing: it is one test.
    if [ $status -eq 0 ]; then counts="1 passed, 0 failed"; else counts="0 passed, 1 failed"; fi
  fi
  # shellcheck disable=SC2046 # words
  set -- $(printf '%s' "$counts" | tr -cd '0-9 ')
  passed=$((passed + $1))
  failed=$((failed + $2))
  skipped=$((skipped + ${3:-0}))
  [ $status -eq 0 ] || [ "$2" -gt 0 ] || failed=$((failed + 1))
}

# sum: the last line, and the exit code.
sum() {
  echo "== all"
  echo "$passed passed, $failed failed, $skipped skipped"
  [ $failed -eq 0 ]
}
