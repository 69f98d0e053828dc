#!/bin/sh
# What an app must not do to the host: crun's stdio, the log, the network.
. "$(dirname "$0")/../story.sh"
new_app cage
echo 'web: chmod 600 /proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 2>/dev/null; exec python3 answer.py' >cage/Procfile
commit cage one
push_succeeds cage
consistent cage one
[ "$(inside stat -c '%u:%a' /dev/null)" = 0:666 ] || fail "/dev/null was changed"
inside sh -c 'stat -c %u /var/log/hythe/cage/*.log' >owners
says_not owners '[1-9]'
hythe run cage 'chmod 600 /proc/self/fd/0; id -u; cat /proc/self/status | grep -E "^(Cap(Eff|Prm|Bnd)|NoNewPrivs|Seccomp):"; ls /var/lib/hythe /etc/shadow /root 2>&1; ls /proc/self/fd' </dev/null >out 2>&1 || true
[ "$(inside stat -c '%u:%a' /dev/null)" = 0:666 ] || fail "/dev/null was changed by a one-off"
says out '^19[0-9]{8}$'
says out 'CapBnd:.0000000000000000'
says out 'NoNewPrivs:.1'
says out 'Seccomp:.2'
says_not out 'repos|shadow$'
for target in 127.0.0.1/22 10.215.255.254/22 10.215.255.254/80 169.254.169.254/80 10.0.0.1/80; do
  if hythe run cage "timeout 2 bash -c ': </dev/tcp/$target'" >out 2>&1; then fail "$target can be reached"; fi
done
for command in 'unshare -U true' 'mount -t tmpfs none /tmp' 'mknod /tmp/x c 1 3' 'touch /usr/x' 'touch /etc/x'; do
  if hythe run cage "$command" >out 2>&1; then fail "'$command' is possible"; fi
done

# What root starts becomes hythe on root's terminal: nothing of it can type there.
filters() { inside sh -c "sed -n 's/^Seccomp_filters:.//p' /proc/$1/status"; }
cannot_type() { [ "$(filters "$(inside pgrep -o -u hythe -x hythe)")" -gt "$(filters self)" ]; }
mkfifo hold
hythe run cage cat <hold & one_off=$!
exec 7>hold
eventually 10 cannot_type
exec 7>&-
wait $one_off
