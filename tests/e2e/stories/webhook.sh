#!/bin/sh
# A forge tells of a push, and it is deployed; whatever else is sent is refused, and says no more
# than it must. The forge hears how it went.
. "$(dirname "$0")/../../forge/forge.sh"
new_linked_app hooked

deliver hooked github_push ping
answered '^200 pong$'
deliver hooked github_push push PUSHED=1
answered '^202 queued$'
eventually 60 consistent hooked one
first=$(forge_head acme/hooked)
eventually 30 status_reported "^github $first pending deployment 1 is under way"
eventually 30 status_reported "^github $first success release 1 serves http://hooked.hythe.test"
hythe deployments hooked >out
says out 'webhook.*github'
eventually 10 nothing_queued hooked

# Nothing of this deploys anything.
forge_commit acme/hooked two
deliver hooked github_push push PUSHED=2 signature=
answered '^403 the signature does not fit, or there is no such app$'
deliver hooked github_push push PUSHED=2 signature="sha256=$(printf '%064d' 0)"
answered '^403'
deliver hooked github_push push PUSHED=2 signature=sha1=abc
answered '^403'
SECRET=wrong deliver hooked github_push push PUSHED=2
answered '^403 the signature does not fit, or there is no such app$'
SECRET=wrong deliver nosuchapp github_push push PUSHED=2 2>/dev/null || true
inside python3 "$FORGES/deliver.py" http://127.0.0.1/webhook/nosuchapp x "$FORGES/payloads/github_push.json" push host=hythe.hythe.test >answer
answered '^403 the signature does not fit, or there is no such app$'
inside python3 "$FORGES/deliver.py" 'http://127.0.0.1/webhook/..%2f..%2fetc' x "$FORGES/payloads/github_push.json" push host=hythe.hythe.test >answer
answered '^40[034]'
deliver hooked github_push push PUSHED=2 type=text/plain
answered '^415'
deliver hooked github_push push PUSHED=2 type=application/x-www-form-urlencoded
answered '^415'
echo '{"ref": ' >broken.json
inside sh -c 'cat >/srv/forges/broken.json' <broken.json
inside python3 "$FORGES/deliver.py" http://127.0.0.1/webhook/hooked "$(secret_of hooked)" /srv/forges/broken.json push host=hythe.hythe.test >answer
answered '^400'
inside sh -c 'head -c 9000000 /dev/zero | tr "\0" x >/srv/forges/huge.json'
inside python3 "$FORGES/deliver.py" http://127.0.0.1/webhook/hooked "$(secret_of hooked)" /srv/forges/huge.json push host=hythe.hythe.test >answer
answered '^413'
inside python3 "$FORGES/deliver.py" unix:/run/hythe/webhook/socket:/webhook/hooked "$(secret_of hooked)" /srv/forges/huge.json push >answer
answered '^413'
[ "$(curl -s -o /dev/null -w '%{http_code}' -H "Host: hythe.$HYTHE_BASE_DOMAIN" "http://127.0.0.1:$HYTHE_HTTP_PORT/webhook/hooked")" = 405 ] || fail "GET"
deliver hooked github_push push PUSHED=3 BRANCH=other
answered "^202 ignored: branch 'main' is deployed"
deliver hooked github_push push PUSHED=3 REPOSITORY=acme/other
answered "^202 ignored: 'acme/hooked' is deployed"
deliver hooked github_push issues PUSHED=3
answered '^202 ignored: of no interest'
deliver hooked github_push push PUSHED=4 COMMIT=0000000000000000000000000000000000000000
answered '^202 ignored: it is of no branch'
deliver hooked github_push push PUSHED=4 COMMIT=nonsense
answered '^400'
nothing_queued hooked || fail "something was queued"
consistent hooked one

# Nobody on this host can speak to it but nginx, nor take its place.
touches_socket() {
  inside setpriv --reuid "$1" --regid "$(inside id -g "$1")" --init-groups python3 -c '
import socket, sys
getattr(socket.socket(socket.AF_UNIX), sys.argv[1])(sys.argv[2])' "$2" "/run/hythe/webhook/$3" 2>errors
}
touches_socket www-data connect socket || { cat errors; fail "nginx cannot connect"; }
for user in nobody sshd; do
  touches_socket $user connect socket && fail "$user can connect"
  says errors 'PermissionError'
  touches_socket $user bind other && fail "$user can listen"
  says errors 'PermissionError'
done
touches_socket www-data bind other && fail "nginx can listen"
inside ss -Hltnp | grep hythe-webhook && fail "it listens to the network"
inside sh -c 'grep -q "^NoNewPrivs:.*1$" /proc/$(cat /run/hythe-webhook.pid)/status' || fail "a setuid program would be one to it"
deliver hooked github_push ping
answered '^200 pong$'
[ "$(deployments_of hooked)" -eq 1 ] || fail "something was deployed"

# The port of a former version's configuration stops nothing, and is spoken of.
inside sh -c 'sed "\$a webhook_port: 7421" /etc/hythe/hythe.yml >/etc/hythe/hythe.yml.new && mv /etc/hythe/hythe.yml.new /etc/hythe/hythe.yml'
hythe doctor >out 2>&1 || true
says out "^host: 'webhook_port' is of no use any more: nginx passes on to '/run/hythe/webhook/socket'$"
hythe link hooked >/dev/null
inside sed -i '/^webhook_port/d' /etc/hythe/hythe.yml

# The same twice: by its id, or by what was signed.
deliver hooked github_push push PUSHED=5 id=guid-5
answered '^202 queued'
deliver hooked github_push push PUSHED=5 id=guid-6
answered '^409'
deliver hooked github_push push PUSHED=6 id=guid-5
answered '^409'
eventually 60 consistent hooked two
inside sh -c 'kill $(cat /run/hythe-webhook.pid)'
inside "$HERE/../sandbox/webhook" hythe-webhook
deliver hooked github_push push PUSHED=5 id=guid-7
answered '^409'

# Pull requests are written down while they are open.
deliver hooked github_pull_request pull_request HEAD=acme/hooked
answered '^202 recorded'
hythe link hooked >out
says out '^request +#42, shelves into main, commit [0-9a-f]{7}$'
says_not out "$(secret_of hooked)"
sed 's/"state": "open"/"state": "closed"/' "$FORGES/payloads/github_pull_request.json" >closed.json
inside sh -c 'cat >/srv/forges/closed.json' <closed.json
inside python3 "$FORGES/deliver.py" http://127.0.0.1/webhook/hooked "$(secret_of hooked)" /srv/forges/closed.json pull_request host=hythe.hythe.test \
  HEAD=x REPOSITORY=acme/hooked COMMIT="$first" >answer
answered '^202 recorded'
hythe link hooked >out
says_not out '#42'

# What fails is told, and is not tried again; the forge that does not answer holds up nothing.
inside sh -c 'echo "web: exit 3" >/srv/forges/work/acme/hooked/Procfile'
forge_commit acme/hooked broken
deliver hooked github_push push PUSHED=7
answered '^202 queued'
eventually 60 status_reported "^github $(forge_head acme/hooked) failure deployment 3 failed in 'boot' .crashed-error."
eventually 10 nothing_queued hooked
consistent hooked two
inside rm /srv/forges/work/acme/hooked/Procfile
inside touch /srv/forges/slow
forge_commit acme/hooked three
deliver hooked github_push push PUSHED=8
eventually 60 consistent hooked three
inside rm /srv/forges/slow
eventually 60 status_reported "^github $(forge_head acme/hooked) success"

# GitLab, whose secret comes as it is; and only when CI was successful.
FORGE=gitlab new_linked_app labbed --wait-for-ci
inside sh -c 'echo pending >/srv/forges/ci'
FORGE=gitlab deliver labbed gitlab_push 'Push Hook' PUSHED=1
answered '^202 queued'
SECRET=wrong deliver labbed gitlab_push 'Push Hook' PUSHED=1
answered '^403'
deliver labbed gitlab_merge_request 'Merge Request Hook'
answered '^202 recorded'
hythe link labbed >out
says out '^request +#7, shelves into main'
[ "$(deployments_of labbed)" -eq 0 ] || fail "it did not wait for CI"
inside sh -c 'echo failure >/srv/forges/ci'
eventually 60 nothing_queued labbed
[ "$(deployments_of labbed)" -eq 0 ] || fail "what CI refused was deployed"
inside sh -c 'echo success >/srv/forges/ci'
forge_commit acme/labbed two
deliver labbed gitlab_push 'Push Hook' PUSHED=2
eventually 60 consistent labbed two
eventually 30 status_reported "^gitlab $(forge_head acme/labbed) success release 1 serves"
inside grep -rlE "open-sesame|$(secret_of hooked)" /var/log /proc/[0-9]*/cmdline >out 2>/dev/null || true
[ ! -s out ] || { cat out; fail "a secret can be read"; }

# Who guesses is not listened to for a while, even when he is right; the webhook that was right
# before is, at the same address.
SECRET=guess deliver hooked github_push push count=100 hook=18
says answer '^403 .* [0-9]+$'
says answer '^429 .* [0-9]+$'
deliver hooked github_push ping hook=18
answered '^429 too many at once$'
deliver hooked github_push ping
answered '^200 pong$'
inside grep -q '^hooked: 429 not listened to for a while (from 127.0.0.1)$' /var/log/hythe-webhook.log || fail "no word of it"
hythe destroy labbed --confirm labbed >/dev/null
nothing_of() { [ -z "$(inside sh -c "ls -A /var/lib/hythe/deliveries | grep '^$1\.'")" ]; }
nothing_of labbed || fail "deliveries are left"
for program in hythe-webhook hythe-deliver; do
  if inside /usr/lib/hythe/$program 2>errors; then fail "root runs $program"; fi
  says errors "only user 'hythe' can run this"
  says errors "start it: systemctl start $program$"
done
