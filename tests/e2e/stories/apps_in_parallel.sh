#!/bin/sh
# One app's build does not hold up another app's deployment.
. "$(dirname "$0")/../story.sh"
new_app slowly slow
echo 'echo building now; sleep 30' >slowly/build.sh
commit slowly one
push slowly & pusher=$!
eventually 60 grep -q "building now" slowly.push
new_app quickly
commit quickly one
push_succeeds quickly
consistent quickly one
kill -0 $pusher || fail "the slow build had ended by then"
inside pkill -x sleep
wait $pusher || true
