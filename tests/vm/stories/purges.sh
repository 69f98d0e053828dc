#!/bin/sh
# A purge says what it deletes, and leaves nothing: nginx and sshd go on without it.
. "$(dirname "$0")/../story.sh"
inside env DEBIAN_FRONTEND=noninteractive apt-get purge -y hythe >apt 2>&1 || { cat apt; fail "apt-get purge"; }
cat apt
says_not apt '^(warning|error|W:|E:)'
says apt "app 'shop' goes with its repository and releases"
inside sh -c 'find / -xdev -name "*hythe*" ! -path "/proc/*" ! -path "/media/*"; find /run /sys/fs/cgroup -name "*hythe*"' >left
[ ! -s left ] || { cat left; fail "something is left"; }
inside sh -c '! pgrep -af "[h]ythe"' || fail "something of it runs"
inside sh -c '! nft list tables | grep hythe' || fail "its firewall is left"
inside sh -c '! ip -o link | grep " hy"' || fail "links are left"
inside nginx -t -q || fail "nginx -t"
inside sshd -t || fail "sshd -t"
inside systemctl restart nginx ssh
nothing_failed
