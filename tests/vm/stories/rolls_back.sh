#!/bin/sh
# A release that the version before has made serves again, under load.
. "$(dirname "$0")/../story.sh"
remote rollback shop >out 2>&1 || { cat out; fail "rollback"; }
cat out
says out 'of shop serves'
serves shop four
hythe deploy shop >out 2>&1 || { cat out; fail "deploy"; }
consistent shop five
no_leftovers shop 1
