#!/bin/sh
# npm does not pass SIGTERM on to what it started, so every process of an old container gets
# it; a process that ignores it is killed when its time is up.
. "$(dirname "$0")/../story.sh"
new_app bye node
cat >>bye/server.js <<'END'
process.on('SIGTERM', () => console.log('told to stop'));
END
commit bye one
push_succeeds bye
hythe logs bye >out
says_not out "told to stop"
commit bye two
push_succeeds bye
consistent bye two
told() { hythe logs bye | grep -q "told to stop"; }
eventually 10 told
no_leftovers bye
