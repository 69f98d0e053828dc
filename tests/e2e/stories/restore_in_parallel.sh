#!/bin/sh
# After a reboot all apps come back at once; one that cannot, or crashes again and again, is in nobody's way.
. "$(dirname "$0")/../story.sh"
apps='boot1 boot2 boot3 boot4'
for app in $apps; do
  new_app "$app"
  commit "$app" one
  push_succeeds "$app"
done
# This one crashes at boot from now on, until its database is there.
new_app boot-loop
cat >boot-loop/Procfile <<'P'
web: test -e /tmp/never && exec python3 answer.py; test "$DATABASE" != gone || exit 3; exec python3 answer.py
P
hythe env boot-loop set DATABASE=there >/dev/null
commit boot-loop one
push_succeeds boot-loop

reboot() {
  inside pkill -9 -f '^/usr/lib/hythe/helpers/hythe-container ' || true
  inside sh -c 'for d in /run/hythe/containers/boot*; do id=${d##*/}; crun --root /run/hythe/crun delete --force "$id" || true; done; rm -rf /run/hythe/lanes/boot* /run/hythe/containers/boot*'
}
reboot
inside sed -i 's/DATABASE: there/DATABASE: gone/' /var/lib/hythe/apps/boot-loop/app.yml
# A file that cannot be read is one app's trouble.
inside cp /var/lib/hythe/apps/boot3/app.yml /tmp/boot3.yml
trap 'inside cp /tmp/boot3.yml /var/lib/hythe/apps/boot3/app.yml' EXIT # the stories after this one share the host
inside sh -c 'printf "release: [\n" >/var/lib/hythe/apps/boot3/app.yml'
if hythe restore >out 2>&1; then cat out; fail "restore did not say that boot3 could not be restored"; fi
says out "boot1: release 1 runs"
says out "boot4: release 1 runs"
says out "boot-loop: release 1 runs"
says out "'boot3':"
eventually 20 serves boot1 one
eventually 20 serves boot4 one
inside cp /tmp/boot3.yml /var/lib/hythe/apps/boot3/app.yml
trap - EXIT
hythe restore >out 2>&1 || { cat out; fail "the second restore failed"; }
says out "boot3: release 1 runs"
says_not out boot1
eventually 20 serves boot3 one
hythe ps boot-loop >out
says out 'web.1 .*(restarting|running)'
for app in boot1 boot3 boot4; do no_leftovers "$app"; done
