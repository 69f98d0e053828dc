#!/bin/sh
# After a reboot everything that should run does: here the containers are killed and /run is emptied.
. "$(dirname "$0")/../story.sh"
new_app again
commit again one
push_succeeds again
commit again two
push_succeeds again
no_leftovers again
inside pkill -9 -f '^/usr/lib/hythe/helpers/hythe-container .* again ' || true
inside sh -c 'for d in /run/hythe/containers/again.*; do id=${d##*/}; crun --root /run/hythe/crun delete --force "$id" || true; done; rm -rf /run/hythe/lanes/again /run/hythe/containers/again.*'
hythe restore >out 2>&1 || { cat out; fail "restore failed"; }
eventually 20 serves again two
consistent again two
hythe restore >out 2>&1
[ ! -s out ] || { cat out; fail "a second restore did something"; }
no_leftovers again
