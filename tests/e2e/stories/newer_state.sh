#!/bin/sh
# A state of a newer hythe: every program refuses it in one sentence and touches nothing; what runs
# goes on, and so does everything else when the newer package is back.
. "$(dirname "$0")/../own_sandbox.sh"
sentence="'/var/lib/hythe' is of a newer hythe, which this one cannot read"
refused() { # COMMAND …
  if "$@" >out 2>&1 </dev/null; then cat out; fail "'$*' works on a newer state"; fi
  says out "$sentence"
}
of_all() { inside sh -c 'find /var/lib/hythe -type f -not -name version -print0 | sort -z | xargs -0 sha256sum'; }

new_app shop
commit shop one
push_succeeds shop
no_leftovers shop
[ "$(inside cat /var/lib/hythe/version)" = 1 ] || fail "the state says no version"
[ "$(inside stat -c '%U %a' /var/lib/hythe/version)" = "root 644" ] || fail "not everybody can read it"

inside sh -c 'echo 2 >/var/lib/hythe/version'
before=$(of_all)
refused hythe list
refused hythe env shop set A=1
refused hythe doctor --fix
refused hythe restore
refused hythe gc
refused hythe setup --domain next.test --yes
refused hythe migrate
refused hythe stack create debian
refused remote list
refused inside /usr/lib/hythe/helpers/hythe-launch stop shop a
refused inside /usr/lib/hythe/helpers/hythe-route off shop
refused inside runuser -u hythe -- /usr/lib/hythe/helpers/hythe-launch stop shop a
refused inside runuser -u hythe -- /usr/lib/hythe/hythe-webhook
refused inside runuser -u hythe -- /usr/lib/hythe/hythe-deliver
commit shop two
push_fails shop
says shop.push "$sentence"
hythe version >/dev/null || fail "not even the version is told"
serves shop one
[ "$(of_all)" = "$before" ] || fail "something was touched"

# A file that was put back from the backup of another time.
inside sh -c 'echo 1 >/var/lib/hythe/version'
inside sed -i 's/^version: .*/version: "2"/' /var/lib/hythe/apps/shop/app.yml
if hythe info shop >out 2>&1; then cat out; fail "a file of a newer version was read"; fi
says out "'/var/lib/hythe/apps/shop/app.yml' is of version 2, and this hythe knows 1"
inside sed -i 's/^version: .*/version: "1"/' /var/lib/hythe/apps/shop/app.yml

for text in '' 1x 0; do
  inside sh -c "echo '$text' >/var/lib/hythe/version"
  if hythe list >out 2>&1; then cat out; fail "'$text' is a version"; fi
  says out "'/var/lib/hythe/version' does not say"
done
inside sh -c 'echo 1 >/var/lib/hythe/version'

push_succeeds shop
consistent shop two
# One without the file is of the first version: it is of before the file.
inside rm /var/lib/hythe/version
hythe list >/dev/null
inside hythe migrate
[ "$(inside cat /var/lib/hythe/version)" = 1 ] || fail "the version was not written"
if inside runuser -u hythe -- hythe migrate >out 2>&1; then fail "not root, and migrated"; fi
says out "for root"
