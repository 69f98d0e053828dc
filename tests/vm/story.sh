# What the stories that are told to the machine have in common, beside what all stories have. They
# are told one after the other, in one directory: an app stays for the next.
# shellcheck shell=sh
. "$(dirname "$0")/../../e2e/story.sh"
HERE=$(cd "$(dirname "$0")/../../e2e" && pwd)
VM=$(cd "$(dirname "$0")/.." && pwd)

# Each process in a container, and when it was started: whoever lives on is the same line.
processes() {
  inside sh -c 'for cgroup in /sys/fs/cgroup/hythe-apps.service/*.*.*/; do
    for pid in $(cat "$cgroup/cgroup.procs"); do
      echo "$cgroup $pid $(sed "s/.*) //" "/proc/$pid/stat" | cut -d " " -f 20)"
    done
  done'
}

# What a file of a container's cgroup says. of_cgroup ID FILE
of_cgroup() { inside cat "/sys/fs/cgroup/hythe-apps.service/$1/$2"; }
# The only container of a process type that serves. id_of APP PROCESS
id_of() { inside sh -c "cd /run/hythe/containers && grep -lx 'name $2' $1.*/state" | cut -d / -f 1; }

# Keep-alive clients ask all the time, until `load_ends`. load_begins APP TEXT
load_begins() {
  mkfifo load.hold
  python3 "$VM/load.py" "$HYTHE_HTTP_PORT" "$1.$HYTHE_BASE_DOMAIN" "$2" <load.hold >load 2>&1 &
  load=$!
  exec 8>load.hold
  rm load.hold
  eventually 60 grep -q '^asking' load
}
load_ends() {
  exec 8>&-
  code=0
  wait $load || code=$?
  cat load
  [ $code -eq 0 ] || fail "requests failed"
}

# No unit has failed.
nothing_failed() {
  inside systemctl --failed --no-legend --plain >failed
  [ ! -s failed ] || { cat failed; fail "units have failed"; }
}
# A signal for greedy's glutton. tell_glutton SIGNAL
tell_glutton() { inside pkill "-$1" -f 'python3 glutton.py'; }
