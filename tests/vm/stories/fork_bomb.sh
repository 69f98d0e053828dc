#!/bin/sh
# A container that takes all the processes that it can get gets as many as it may have: root and
# the other apps go on, and it can be ended as a whole.
. "$(dirname "$0")/../story.sh"
glutton=$(id_of greedy glutton.1)
is_full() { [ "$(of_cgroup "$glutton" pids.current)" -eq 128 ] && [ "$(of_cgroup "$glutton" pids.events)" != "max 0" ]; }
tell_glutton USR2
eventually 120 is_full
consistent greedy one
consistent shop two
inside true
hythe restart greedy >out 2>&1 || { cat out; fail "restart"; }
no_leftovers greedy 2
[ "$(inside pgrep -c -f glutton.py)" -eq 1 ] || fail "something of it is left"
nothing_failed
