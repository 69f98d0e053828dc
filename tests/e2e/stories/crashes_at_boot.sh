#!/bin/sh
# An app that dies before it listens fails the push at once, with its last words.
. "$(dirname "$0")/../story.sh"
new_app crash
commit crash one
push_succeeds crash
echo 'web: echo about to die; exit 3' >crash/Procfile
commit crash two
push_fails crash
says crash.push "crashed-error"
says crash.push "about to die"
says crash.push "web.1 exited with code 3 before it listened on port 8080"
consistent crash one
no_leftovers crash
