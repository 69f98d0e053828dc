#!/bin/sh
# A client that stops reading holds up neither the build nor the truth: the build goes on, and
# traffic waits until git's answer can get through.
. "$(dirname "$0")/../story.sh"
new_app stall slow
commit stall one
push_succeeds stall
echo 'echo building now; sleep 2; yes "more than any buffer on the way can hold, line for line" | head -n 200000; echo built' >stall/build.sh
commit stall two
setsid git -C stall push hythe main >stall.push 2>&1 & client=$!
eventually 60 grep -q "building now" stall.push
kill -STOP "-$client"
started() { hythe deployments stall 2 | grep -q "accepts connections"; }
eventually 60 started
sleep 2 # nothing must happen now, and nothing tells that it will not
consistent stall one
kill -CONT "-$client"
wait "$client" || { tail -n 20 stall.push; fail "the push failed"; }
says stall.push "success: release 2"
consistent stall two
no_leftovers stall
