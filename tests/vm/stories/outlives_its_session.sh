#!/bin/sh
# What a push has started belongs to nobody's session and to no unit: it goes on when these end. Where
# logind ends what users leave behind, it has to leave user hythe's deployments alone, and the doctor
# says so.
. "$(dirname "$0")/../story.sh"
logind() {
  inside mkdir -p /etc/systemd/logind.conf.d
  printf '[Login]\nKillUserProcesses=yes\n%s\n' "$1" | inside tee /etc/systemd/logind.conf.d/check-vm.conf >/dev/null
  inside systemctl restart systemd-logind
}
logind ''
if hythe doctor >out 2>&1; then fail "the doctor minds no logind that ends deployments"; fi
says out 'KillExcludeUsers=root hythe'
logind 'KillExcludeUsers=root hythe'
hythe doctor >out 2>&1 || { cat out; fail "the doctor"; }
commit shop two
push_succeeds shop
logged_out() { inside sh -c '! loginctl list-sessions --no-legend | grep -q " hythe "'; }
eventually 60 logged_out
no_leftovers shop 1
consistent shop two
inside sh -c 'grep -H . /proc/$(pgrep -o -f "^/usr/lib/hythe/helpers/hythe-container start shop ")/cgroup' >out
says out ':0::/hythe-apps.service/monitors$'
says_not out 'user\.slice|system\.slice'
# Nor are they nobody's: systemd counts them all.
inside systemctl status --no-pager -n 0 hythe-apps >known
cat known
processes >them
[ -s them ] || fail "nothing runs"
while read -r cgroup pid _; do
  grep -q "─$pid " known || fail "systemd knows nothing of process $pid of $cgroup"
done <them
