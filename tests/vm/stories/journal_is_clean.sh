#!/bin/sh
# In no boot has anything of hythe's, or systemd about it, had more to say than what happened.
. "$(dirname "$0")/../story.sh"
inside journalctl --no-pager -p warning -o short-iso >warnings
grep -E ' (hythe[a-z-]*|crun)\[| hythe[a-z-]*\.service' warnings >complaints || true
[ ! -s complaints ] || { cat complaints; fail "the journal has complaints"; }
