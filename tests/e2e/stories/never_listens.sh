#!/bin/sh
# An app that does not listen where it should is told what it does instead.
. "$(dirname "$0")/../story.sh"
new_app deaf
commit deaf one
push_succeeds deaf
echo 'web: exec sleep 1000' >deaf/Procfile
commit deaf two
push_fails deaf
says deaf.push "timeout-error"
says deaf.push "web.1 listens on no port"
consistent deaf one
echo 'web: exec python3 -m http.server --bind 127.0.0.1 "$PORT"' >deaf/Procfile
commit deaf three
push_fails deaf
says deaf.push "listens on 127.0.0.1:8080, where only itself can reach it"
echo 'web: exec python3 -m http.server 3000' >deaf/Procfile
commit deaf four
push_fails deaf
says deaf.push "listens on 0.0.0.0:3000 instead of 0.0.0.0:8080"
consistent deaf one
no_leftovers deaf
