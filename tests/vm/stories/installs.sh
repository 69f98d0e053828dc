#!/bin/sh
# apt installs the package on a Debian that has a systemd: everything is started that should be, and
# what was there before is not disturbed.
. "$(dirname "$0")/../story.sh"
nothing_failed
[ "$(inside stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ] || fail "this is not cgroup v2"
before=$(inside systemctl show -P MainPID ssh nginx)
inside env DEBIAN_FRONTEND=noninteractive apt-get install -y /media/hythe.deb >apt 2>&1 || { cat apt; fail "apt"; }
cat apt
says_not apt '^(warning|error|W:|E:)'
nothing_failed
for unit in hythe-apps hythe hythe-webhook hythe-deliver nginx ssh; do
  [ "$(inside systemctl is-active $unit)" = active ] || fail "$unit is not active"
  [ "$(inside systemctl is-enabled $unit)" = enabled ] || fail "$unit is not started at boot"
done
[ "$(inside systemctl show -P MainPID ssh nginx)" = "$before" ] || fail "sshd or nginx was restarted"
inside sh -c 'systemd-analyze verify --man=no /lib/systemd/system/hythe*' >verify 2>&1 || { cat verify; fail "the units"; }
[ ! -s verify ] || { cat verify; fail "systemd has something to say of the units"; }
inside nginx -t -q || fail "nginx -t"
inside sshd -t || fail "sshd -t"
