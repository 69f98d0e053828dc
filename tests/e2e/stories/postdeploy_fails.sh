#!/bin/sh
# postdeploy runs in the new release before traffic moves, and decides.
. "$(dirname "$0")/../story.sh"
new_app hook
echo 'postdeploy: echo "migrating to $(cat version)"' >>hook/Procfile
commit hook one
push_succeeds hook
says hook.push "migrating to one"
consistent hook one
sed -i 's/^postdeploy.*/postdeploy: echo "migrating badly"; exit 4/' hook/Procfile
commit hook two
push_fails hook
says hook.push "migrating badly"
says hook.push "hook-error"
says hook.push "postdeploy exited with code 4"
consistent hook one
no_leftovers hook
