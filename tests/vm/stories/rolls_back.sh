#!/bin/sh
# A release that was made before the upgrade serves again.
. "$(dirname "$0")/../story.sh"
before=$(hythe releases shop | sed -n 's/.* kept .* version //p' | head -n 1)
remote rollback shop >out 2>&1 || { cat out; fail "rollback"; }
cat out
says out 'of shop serves'
serves shop "$before"
hythe deploy shop >out 2>&1 || { cat out; fail "deploy"; }
consistent shop five
no_leftovers shop 1
