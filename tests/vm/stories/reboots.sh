#!/bin/sh
# Every app ends as it is told to, and serves again after the reboot with no hand on it, at the version
# at which it was. One that was stopped stays so.
. "$(dirname "$0")/../story.sh"
. "$VM/../sandbox/common.sh"
. "$VM/machine.sh"
new_app idle
commit idle one
push_succeeds idle
hythe stop idle >out 2>&1 || { cat out; fail "stop"; }
ended() { inside sh -c "cat /var/log/hythe/shop/web.1-?.log | grep -c 'Z $1'" || true; }
terms=$(ended stopping)
ends=$(ended 'hythe: stopped')
reboot_machine
# It was told once, as by a deployment: systemd ended the unit that the apps are in, after nginx.
[ "$(ended stopping)" -eq $((terms + 1)) ] || fail "it had $(($(ended stopping) - terms)) SIGTERM instead of one"
[ "$(ended 'hythe: stopped')" -eq $((ends + 1)) ] || fail "its monitor did not end it"
inside journalctl -b -1 --no-pager -o cat _PID=1 >boot
says boot '^Stopped hythe-apps.service'
says_not boot 'hythe-apps.service: (Failed|Killing|.* timed out)'
sed -n '/^Stopping hythe-apps.service/,$p' boot >after
says_not after '^(Stopped|Stopping) nginx.service'
# Nobody waits for a process that does not end when the host does.
says_not "${machine:?}/console.log" 'systemd-shutdown.*Sending SIGKILL to PID'
# Traffic is sent there at once, since nobody else serves.
eventually 120 consistent shop two
eventually 120 consistent greedy one
no_leftovers shop 1
no_leftovers greedy 2
hythe ps idle >out
says out '^idle is stopped'
[ "$(wc -l <out)" -eq 1 ] || { cat out; fail "a stopped app runs"; }
nothing_failed
hythe doctor >out 2>&1 || { cat out; fail "the doctor"; }
commit shop three
push_succeeds shop
consistent shop three
