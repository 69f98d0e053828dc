#!/bin/sh
# An app that takes too much loses its own container and nobody else's; the push says why.
. "$(dirname "$0")/../story.sh"
new_app greedy
commit greedy one
push_succeeds greedy
echo 'web: exec python3 -c "x = bytearray(1 << 30)"' >greedy/Procfile
commit greedy two
push_fails greedy
says greedy.push "web.1 ran out of memory"
echo 'web: for i in $(seq 1000); do sleep 60 & done; exec python3 answer.py' >greedy/Procfile
commit greedy three
push_fails greedy
says greedy.push "crashed-error|timeout-error"
echo 'web: head -c 600m /dev/zero >/app/fill; exec python3 answer.py' >greedy/Procfile
commit greedy four
push greedy || true
says greedy.push "web.1"
consistent greedy "$(hythe run greedy cat version)"
