#!/bin/sh
# A thousand deliveries in a burst, during a build: each is taken, and they make one more build.
. "$(dirname "$0")/../../forge/forge.sh"
TEMPLATE=slow new_linked_app storm
inside sh -c 'echo "echo waiting; until curl -skf https://10.98.0.2/gate; do sleep 0.1; done" >/srv/forges/work/acme/storm/build.sh'
inside touch /srv/forges/gate
forge_commit acme/storm one
deliver storm github_push push PUSHED=0
builds() { hythe deployments storm 1 | grep -q 'waiting'; }
eventually 60 builds

forge_commit acme/storm two
deliver storm github_push push count=1000
says answer '^202 queued 1000$'
inside grep -q '^count: "1000"$' /var/lib/hythe/deliveries/storm.yml || fail "some were lost"
inside rm /srv/forges/gate
eventually 90 nothing_queued storm
consistent storm two
[ "$(deployments_of storm)" -eq 2 ] || { hythe deployments storm; fail "not one build more"; }
inside grep -q 'storm: push of .* (the newest of 1000) serves' /var/log/hythe-deliver.log || fail "no word of them"
# A late one of what serves builds nothing.
deliver storm github_push push PUSHED=1001
answered '^202 queued'
eventually 30 nothing_queued storm
[ "$(deployments_of storm)" -eq 2 ] || fail "what serves was built again"
no_leftovers storm
