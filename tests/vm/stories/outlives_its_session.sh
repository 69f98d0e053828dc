#!/bin/sh
# What a push has started belongs to nobody's session and to no unit: it goes on when these end. Where
# logind ends what users leave behind, it has to leave user hythe's deployments alone.
. "$(dirname "$0")/../story.sh"
inside sh -c 'mkdir -p /etc/systemd/logind.conf.d && printf "[Login]\nKillUserProcesses=yes\nKillExcludeUsers=root hythe\n" >/etc/systemd/logind.conf.d/check-vm.conf'
inside systemctl restart systemd-logind
commit shop two
push_succeeds shop
logged_out() { inside sh -c '! loginctl list-sessions --no-legend | grep -q " hythe "'; }
eventually 60 logged_out
no_leftovers shop 1
consistent shop two
inside sh -c 'grep -H . /proc/$(pgrep -o -f "^/usr/lib/hythe/helpers/hythe-container start shop ")/cgroup' >out
says out ':0::/hythe/monitors$'
says_not out 'user\.slice|system\.slice'
