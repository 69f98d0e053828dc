#!/bin/sh
# A removal ends what runs and keeps what is written: installed again, everything serves.
. "$(dirname "$0")/../story.sh"
apt_does() { inside env DEBIAN_FRONTEND=noninteractive apt-get -y "$@" >apt 2>&1 || { cat apt; fail "apt-get $*"; }; }
apt_does remove hythe
cat apt
says_not apt '^(warning|error|W:|E:)'
inside sh -c '! pgrep -af "[h]ythe"' || fail "something of it runs"
inside find /sys/fs/cgroup/hythe -mindepth 1 -type d ! -name monitors >left
[ ! -s left ] || { cat left; fail "cgroups of containers are left"; }
inside nginx -t -q || fail "nginx -t"
inside sshd -t || fail "sshd -t"
nothing_failed
apt_does install /media/next.deb
eventually 300 serves shop five
consistent shop five
consistent greedy one
nothing_failed
hythe doctor >out 2>&1 || { cat out; fail "the doctor"; }
