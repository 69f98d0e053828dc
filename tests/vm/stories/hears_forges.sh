#!/bin/sh
# What a forge sends reaches hythe-webhook through nginx and the socket that systemd holds, with all
# that the unit takes away; also while it is started anew. What it queues is taken up.
. "$(dirname "$0")/../story.sh"
served=$(get shop)
secret=$(printf '%064d' 7)
inside runuser -u hythe -- tee /var/lib/hythe/apps/shop/link.yml >/dev/null <<END
version: 1
url: https://forge.invalid/acme/shop.git
forge: github
branch: main
auto_deploy: true
webhook_secret: $secret
END
inside chmod 600 /var/lib/hythe/apps/shop/link.yml
# From within: of a burst, the machine's way to the outside drops connections.
for file in deliver.py payloads/github_push.json; do
  inside tee "/tmp/${file##*/}" <"$HERE/../forge/$file" >/dev/null
done
deliver() {
  event=$1
  shift
  inside python3 /tmp/deliver.py http://127.0.0.1/webhook/shop "${SECRET:-$secret}" \
    /tmp/github_push.json "$event" "host=hythe.$HYTHE_BASE_DOMAIN" REPOSITORY=acme/shop BRANCH=main \
    COMMIT=0123456789abcdef0123456789abcdef01234567 "$@" >answer 2>&1 || { cat answer; fail "nothing answers"; }
  cat answer
}
deliver ping
says answer '^200 pong$'
SECRET=wrong deliver ping
says answer '^403 '

# Nobody is refused while there is no process.
inside sh -c 'for i in 1 2 3 4 5; do systemctl restart hythe-webhook; done' & restarts=$!
deliver ping count=100
wait $restarts || fail "the service could not be started anew"
says answer '^200 pong 100$'

deliver push PUSHED=1
says answer '^202 queued$'
is_dealt_with() { inside journalctl -u hythe-deliver -b --no-pager | grep -q 'push of 0123456 to main'; }
eventually 60 is_dealt_with
nothing_waits() { [ -z "$(inside sh -c 'ls /var/lib/hythe/deliveries | grep -E "\.(yml|taken)$"')" ]; }
eventually 60 nothing_waits
inside rm /var/lib/hythe/apps/shop/link.yml
serves shop "$served"
nothing_failed
