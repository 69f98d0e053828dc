#!/bin/sh
# Twenty deployments under 32 keep-alive clients lose no request, and a neighbour's clients
# are not disturbed meanwhile.
. "$(dirname "$0")/../story.sh"
new_app busy
commit busy 0
push_succeeds busy
hythe scale busy web=2 >/dev/null
new_app neighbour
commit neighbour quiet
push_succeeds neighbour
commit busy warm # the text of the lane before the scale is written by this one
push_succeeds busy
commit busy warm2
push_succeeds busy

load() { inside wrk -t1 -c"$2" -d600s -H "Host: $1.$HYTHE_BASE_DOMAIN" http://127.0.0.1/ >"$1.wrk" 2>&1; }
load busy 32 & first=$!
load neighbour 8 & second=$!
for n in $(seq 20); do
  commit busy "$n"
  push_succeeds busy
  serves busy "$n"
done
inside pkill -INT -x wrk
wait $first $second || true
cat busy.wrk neighbour.wrk
for app in busy neighbour; do
  says $app.wrk "requests in"
  says_not $app.wrk "Non-2xx|Socket errors"
done
consistent busy 20
no_leftovers busy 2
