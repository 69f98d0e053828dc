#!/bin/sh
# The package is upgraded under load, and the same version installed again: no request fails, and no
# container is started again. Unpacked, and not configured yet, it deploys.
. "$(dirname "$0")/../story.sh"
served=$(get shop)
processes >before
load_begins shop "$served"
apt_installs() { inside env DEBIAN_FRONTEND=noninteractive apt-get install -y "$@" >apt 2>&1 || { cat apt; fail "apt"; }; }
apt_installs /media/next.deb
cat apt
says_not apt '^(warning|error|W:|E:|Failed)'
apt_installs --reinstall /media/next.deb
load_ends
processes | diff before - || fail "containers were started again"
inside dpkg-query -W hythe >out
says out 'next$'
nothing_failed
[ "$(inside systemctl show -P ControlGroup hythe-apps)" = /hythe-apps.service ] || fail "the apps are not in their unit"
for unit in hythe-apps hythe hythe-webhook hythe-deliver; do
  [ "$(inside systemctl is-active $unit)" = active ] || fail "$unit is not active"
done
hythe doctor >out 2>&1 || { cat out; fail "the doctor"; }
inside dpkg --unpack /media/next.deb >apt 2>&1 || { cat apt; fail "dpkg --unpack"; }
commit shop five
push_succeeds shop
inside dpkg --configure hythe >apt 2>&1 || { cat apt; fail "dpkg --configure"; }
consistent shop five
