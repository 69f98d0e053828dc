#!/bin/sh
# hythe deploy builds the branch as it is when its turn comes, not as it was when it was typed.
. "$(dirname "$0")/../story.sh"
new_app turn
commit turn one
push_succeeds turn
sed -i 's/^web: .*/web: sleep 3; exec python3 answer.py/' turn/Procfile
commit turn two
push turn & pusher=$!
eventually 30 grep -q "Starting web.1" turn.push
hythe deploy turn >built 2>&1 || { cat built; fail "hythe deploy failed"; }
says built "Waiting behind deployment 2 \(sandbox, starting"
wait $pusher || fail "the push failed"
consistent turn two
no_leftovers turn
