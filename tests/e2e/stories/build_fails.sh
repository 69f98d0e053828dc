#!/bin/sh
# A build that fails leaves the old version serving and says what failed.
. "$(dirname "$0")/../story.sh"
new_app buildfail
commit buildfail one
push_succeeds buildfail
echo 'web: no-such-command --port' >buildfail/Procfile
commit buildfail two
push_fails buildfail
says buildfail.push "pre-receive hook declined"
says buildfail.push "failed in 'build' \(build-error\)"
says buildfail.push "no-such-command"
says buildfail.push "release 1 still serves"
consistent buildfail one
no_leftovers buildfail
hythe deployments buildfail >list
says list "2 +build-error"
# Nothing that any buildpack knows.
git -C buildfail rm -q Procfile answer.py
commit buildfail three
push_fails buildfail
says buildfail.push "no buildpack can be chosen"
consistent buildfail one
