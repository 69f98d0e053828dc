#!/bin/sh
# CI systems push from shallow clones.
. "$(dirname "$0")/../story.sh"
new_app shallow
for n in 1 2 3; do commit shallow $n; done
git clone -q --depth 1 "file://$PWD/shallow" ci
git -C ci remote add hythe "ssh://hythe@127.0.0.1:$HYTHE_SSH_PORT/shallow"
push_succeeds ci
serves shallow 3
commit ci 4
push_succeeds ci
consistent shallow 4
