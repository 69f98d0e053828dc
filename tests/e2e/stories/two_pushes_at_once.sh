#!/bin/sh
# The second push waits, says behind what, and is refused as stale.
. "$(dirname "$0")/../story.sh"
new_app race
commit race one
push_succeeds race
git clone -q race other
git -C other remote add hythe "ssh://hythe@127.0.0.1:$HYTHE_SSH_PORT/race"
sed -i 's/^web: .*/web: sleep 3; exec python3 answer.py/' race/Procfile
commit race two
commit other three
push race & first=$!
eventually 30 grep -q "Starting web.1" race.push
push_fails other
says other.push "Waiting behind deployment 2"
says other.push "stale: main is at"
wait $first || { cat race.push; fail "the first push was refused"; }
consistent race two
no_leftovers race
