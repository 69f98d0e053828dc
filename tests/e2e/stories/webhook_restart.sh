#!/bin/sh
# Both services are killed in the middle of the queue; what is newest is deployed all the same.
. "$(dirname "$0")/../../forge/forge.sh"
TEMPLATE=slow new_linked_app restarted
deliver restarted github_push push PUSHED=0
eventually 60 consistent restarted one

# While nobody delivers, what is told is kept, also when the listener is killed.
inside sh -c 'kill -9 $(cat /run/hythe-deliver.pid)'
forge_commit acme/restarted two
deliver restarted github_push push PUSHED=1
answered '^202 queued'
inside sh -c 'kill -9 $(cat /run/hythe-webhook.pid)'
inside "$HERE/../sandbox/webhook"
eventually 60 consistent restarted two

# Where systemd has the socket, what comes while nobody listens waits.
inside sh -c 'kill $(cat /run/hythe-webhook.pid)'
inside rm /run/hythe/webhook/socket
inside sh -c 'setpriv --reuid hythe --regid hythe --init-groups systemd-socket-activate \
  -l /run/hythe/webhook/socket /usr/lib/hythe/hythe-webhook >/srv/forges/activated.log 2>&1 </dev/null & echo $! >/run/hythe-webhook.pid'
eventually 10 inside chmod 666 /run/hythe/webhook/socket
deliver restarted github_push ping
answered '^200 pong$'
inside sh -c 'kill $(cat /run/hythe-webhook.pid)'
inside "$HERE/../sandbox/webhook" hythe-webhook

# The end of hythe-deliver is not that of what it deploys.
inside touch /srv/forges/gate
inside sh -c 'echo "echo waiting; until curl -skf https://10.98.0.2/gate; do sleep 0.1; done" >/srv/forges/work/acme/restarted/build.sh'
forge_commit acme/restarted three
deliver restarted github_push push PUSHED=2
builds() { hythe deployments restarted "$1" | grep -q 'waiting'; }
eventually 60 builds 3
inside sh -c 'kill -9 $(cat /run/hythe-deliver.pid)'
inside "$HERE/../sandbox/webhook" hythe-deliver
inside rm /srv/forges/gate
eventually 60 consistent restarted three
eventually 30 nothing_queued restarted
[ "$(deployments_of restarted)" -eq 3 ] || fail "it was deployed again"

# What cannot be read in the queue is in nobody's way: it is set aside, or waits by itself.
inside sh -c 'cd /var/lib/hythe/deliveries; echo "{ broken" >odd.yml; echo "{ broken" >restarted.taken
  chown hythe: odd.yml restarted.taken; echo "branch: x" >locked.yml; chmod 600 locked.yml; mv locked.yml locked.taken'
forge_commit acme/restarted between
deliver restarted github_push push PUSHED=20
answered '^202 queued$'
eventually 60 consistent restarted between
eventually 10 nothing_queued odd
for app in odd restarted; do
  inside grep -q "^$app: '/var/lib/hythe/deliveries/$app.taken' line 2: .*: it is set aside as '/var/lib/hythe/deliveries/$app.unreadable'$" /var/log/hythe-deliver.log || fail "no word of $app"
  inside test -e "/var/lib/hythe/deliveries/$app.unreadable" || fail "it was lost"
done
inside grep -q "^locked: cannot open '/var/lib/hythe/deliveries/locked.taken': Permission denied$" /var/log/hythe-deliver.log || fail "no word of what waits"
inside rm /var/lib/hythe/deliveries/locked.taken

# Everything is killed while a build is under way, with something newer waiting.
inside touch /srv/forges/gate
forge_commit acme/restarted four
deliver restarted github_push push PUSHED=3
eventually 60 builds 5
forge_commit acme/restarted five
deliver restarted github_push push PUSHED=4
answered '^202 queued'
inside sh -c 'pkill -9 -x hythe-deliver; pkill -9 -x hythe-deploy; pkill -9 -x hythe-webhook' || true
inside rm /srv/forges/gate
consistent restarted between
inside "$HERE/../sandbox/webhook"
eventually 90 consistent restarted five
eventually 30 nothing_queued restarted
no_leftovers restarted
