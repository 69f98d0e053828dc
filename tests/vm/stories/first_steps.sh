#!/bin/sh
# What docs/install.md says: setup, an app, a remote, a push. And the doctor has nothing to say.
. "$(dirname "$0")/../story.sh"
inside tee -a /etc/hythe/hythe.yml >/dev/null <<END
ssh_host: 127.0.0.1
ssh_port: $HYTHE_SSH_PORT
END
hythe setup --domain "$HYTHE_BASE_DOMAIN" --key - --name alice <"$HYTHE_SSH_KEY.pub" >out 2>&1 || { cat out; fail "setup"; }
cat out
says out "^base domain +$HYTHE_BASE_DOMAIN"
says out '^may push +alice'
new_app shop
commit shop one
push_succeeds shop
cat shop.push
says shop.push '^remote: success: release 1 of shop serves'
consistent shop one
no_leftovers shop 1
hythe doctor >out 2>&1 || { cat out; fail "the doctor"; }
cat out
