#!/bin/sh
# A container that dies is started again, with a reason to be read.
. "$(dirname "$0")/../story.sh"
new_app phoenix
commit phoenix one
push_succeeds phoenix
get phoenix crash || true
restarted() { hythe ps phoenix | grep -q '1 restart,.*exited with code 7'; }
eventually 20 restarted
eventually 20 serves phoenix one
hythe logs phoenix >out
says out "hythe: "
