#!/bin/sh
# After a reboot every app serves again with no hand on it, at the version at which it was; one that
# was stopped does not.
. "$(dirname "$0")/../story.sh"
. "$VM/../sandbox/common.sh"
. "$VM/machine.sh"
new_app idle
commit idle one
push_succeeds idle
hythe stop idle >out 2>&1 || { cat out; fail "stop"; }
reboot_machine
consistent shop two
consistent greedy one
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
