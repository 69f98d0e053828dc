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
reboot_machine
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
