#!/bin/sh
# A removal ends what runs and keeps what is written: installed again, everything serves.
. "$(dirname "$0")/../story.sh"
apt_does() { inside env DEBIAN_FRONTEND=noninteractive apt-get -y "$@" >apt 2>&1 || { cat apt; fail "apt-get $*"; }; }
ended() { inside sh -c "cat /var/log/hythe/shop/web.1-?.log | grep -c 'Z $1'" || true; }
terms=$(ended stopping)
apt_does remove hythe
cat apt
says_not apt '^(warning|error|W:|E:|Failed)'
inside sh -c '! pgrep -af "[h]ythe"' || fail "something of it runs"
inside sh -c 'find /sys/fs/cgroup -name "*hythe*"' >left
[ ! -s left ] || { cat left; fail "cgroups are left"; }
[ "$(inside systemctl is-active hythe-apps || true)" = inactive ] || fail "systemd still has the unit"
[ "$(ended stopping)" -eq $((terms + 1)) ] || fail "the app was not told to end, or more than once"
inside nginx -t -q || fail "nginx -t"
inside sshd -t || fail "sshd -t"
nothing_failed
apt_does install /media/next.deb
eventually 300 serves shop five
consistent shop five
consistent greedy one
[ "$(inside systemctl show -P ControlGroup hythe-apps)" = /hythe-apps.service ] || fail "the apps are not in their unit"
nothing_failed
hythe doctor >out 2>&1 || { cat out; fail "the doctor"; }
