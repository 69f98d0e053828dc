#!/bin/sh
# The plug is pulled at the moment at which a push was accepted, while another app's new version
# boots: what was accepted serves afterwards, and nothing of the other is left.
. "$(dirname "$0")/../story.sh"
. "$VM/../sandbox/common.sh"
. "$VM/machine.sh"
echo 'web: sleep 1000' >greedy/Procfile
commit greedy three
push greedy & pushing=$!
eventually 120 grep -q 'Starting web.1' greedy.push
commit shop four
push_succeeds shop
kill_machine
if wait $pushing; then fail "a push without an answer succeeded"; fi
start_machine
await_machine
eventually 120 consistent shop four
eventually 120 consistent greedy one
git -C greedy reset -q --hard HEAD~1
no_leftovers shop 1
no_leftovers greedy 2
hythe deployments greedy >out
says_not out ' (building|starting|pushing|queued) '
nothing_failed
hythe doctor >out 2>&1 || { cat out; fail "the doctor"; }
