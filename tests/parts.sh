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

# part NAME COMMAND …: runs one part and adds up what its last line counts.
part() {
  name=$1
  shift
  echo "== $name"
  status=0
  { "$@" 2>&1 || echo "exit $?" >"$work/status"; } | tee "$work/output"
  if [ -s "$work/status" ]; then status=1; rm "$work/status"; fi
  counts=$(grep -oE '[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?' "$work/output" | tail -n 1)
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
