#!/bin/sh
# hythe doctor finds what is not as it should be, says it, and puts it right.
. "$(dirname "$0")/../story.sh"
new_app sick
commit sick one
push_succeeds sick
no_leftovers sick
healthy() { hythe doctor sick >out 2>&1 || { cat out; fail "a healthy app is said to be ill"; }; says out '^sick: ok'; }
ill() { if hythe doctor "${2-sick}" >out 2>&1; then cat out; fail "nobody noticed"; fi; says out "$1"; }
cured() {
  hythe doctor --fix ${1+"$1"} >out 2>&1 || { cat out; fail "not everything was put right"; }
  hythe doctor ${1+"$1"} >out 2>&1 || { cat out; fail "something came back"; }
}
slot=$(inside cat /var/lib/hythe/slots/sick)
healthy

# What an app's containers, builds and networks may leave.
inside mkdir -p /run/hythe/crun/sick.c.3 /var/lib/hythe/builds/sick/77 /var/lib/hythe/releases/sick/.new-78
inside ip link add "hy${slot}c4" type veth peer name hypeer
ill "crun's state 'sick.c.3' is left over"
says out "the link 'hy${slot}c4' is left over"
says out "the build of deployment 77 is left over"
says out "the build of deployment 78 is left over"
cured sick
serves sick one
inside sh -c "! ip link show hy${slot}c4" 2>/dev/null

# A monitor that was killed: nothing would start the container again. Nobody notices the change.
monitor=$(inside pgrep -o -f '^/usr/lib/hythe/helpers/hythe-container start sick ')
inside kill -9 "$monitor"
ill "its monitor was killed"
cured sick
consistent sick one
no_leftovers sick

# A container that went with its monitor.
inside sh -c 'id=$(ls /run/hythe/containers | grep "^sick\."); pkill -9 -f "[h]ythe-container start sick "; crun --root /run/hythe/crun delete --force "$id"; rm -r "/run/hythe/containers/$id"'
ill "'web.1' of release 1 should run"
cured sick
consistent sick one

# A deployment that nobody is at any more.
last=$(inside sh -c 'ls /var/lib/hythe/apps/sick/deployments | sed -n "s/[.]yml//p" | sort -n | tail -n 1')
inside sed -i 's/^status: .*/status: building/' "/var/lib/hythe/apps/sick/deployments/$last.yml"
ill "deployment $last is recorded as building"
cured sick

# Another program has flushed the firewall.
inside nft delete table inet hythe
ill "without hythe's firewall"
cured sick
inside nft list table inet hythe >/dev/null
healthy

# The host: owners and modes, and what belongs to no app.
inside sh -c 'chmod 4755 /usr/lib/hythe/helpers/hythe-launch; chown daemon /var/lib/hythe/slots; mkdir /var/log/hythe/nobody'
if hythe doctor >out 2>&1; then fail "nobody noticed"; fi
says out "'/usr/lib/hythe/helpers/hythe-launch' is root hythe 4755 instead of root hythe 4750"
says out "'/var/lib/hythe/slots' is daemon root 0700 instead of root root 0700"
says out "something of 'nobody' is there, which is no app"
# Over ssh the host's files are not to be changed, and the rest is.
if remote doctor --fix >out 2>&1; then fail "a developer changed the modes of the host's files"; fi
says out "4755 instead of root hythe 4750"
inside sh -c 'hythe doctor --fix' >out 2>&1 || true
says out 'fixed: .*hythe-launch'
[ "$(inside stat -c %a /usr/lib/hythe/helpers/hythe-launch)" = 4750 ] || fail "hythe-launch is as it was"
[ "$(inside stat -c %U /var/lib/hythe/slots)" = root ] || fail "the slots are not root's"

# A file that others could write may be another one by now: root does not make it its own again.
probe=/usr/lib/hythe/inside/hythe-build
inside sh -c "cp -p $probe $probe.true && chmod 0757 $probe"
if hythe doctor --fix >out 2>&1; then fail "a file that others could write is trusted"; fi
inside mv $probe.true $probe
says out "^not fixed: '$probe' was root root 0757: others could write it; install the package again"
says out "^host: '$probe' is root root 0757 instead of root root 0755"
# Nor does it do as a table says that others could write.
inside sh -c 'chown daemon /usr/lib/hythe/modes /var/lib/hythe/slots'
if hythe doctor --fix >out 2>&1; then fail "a table that others could write is trusted"; fi
says out "^not fixed: others could write '/usr/lib/hythe/modes'; install the package again"
says out "^host: '/var/lib/hythe/slots' is daemon root 0700"
inside chown root /usr/lib/hythe/modes
hythe doctor --fix >out 2>&1 || { cat out; fail "the host's files were not put right"; }
hythe doctor >out 2>&1 || { cat out; fail "something is left of it"; }

# sshd that would let nobody push, of which only root is told. None of it is loaded here.
sshd_config=/etc/ssh/sshd_config
inside cp $sshd_config /tmp/sshd_config
for tale in 'AllowUsers root h*x=sshd refuses user hythe: it is not in AllowUsers' \
  'DenyUsers h?the=sshd refuses user hythe: it is in DenyUsers' \
  'AllowGroups daemon=sshd refuses user hythe: none of its groups is in AllowGroups' \
  'PubkeyAuthentication no=sshd takes no keys' \
  'Match LocalPort 22\n AuthorizedKeysCommand none\nMatch all=sshd does not read /etc/ssh/sshd_config.d/hythe.conf' \
  'Nonsense 1=sshd does not accept its configuration: .*line 1: .*Nonsense$'; do
  inside sh -c "{ printf '${tale%%=*}\n'; cat /tmp/sshd_config; } >$sshd_config"
  if hythe doctor >out 2>&1; then fail "nobody noticed '${tale%%=*}'"; fi
  says out "^host: pushes: ${tale#*=}"
  remote doctor >out 2>&1 || { cat out; fail "a developer is told of sshd"; }
done
inside sh -c "{ printf 'AllowUsers root hythe@192.0.2.1\\nAllowGroups wheel h?the\\n'; cat /tmp/sshd_config; } >$sshd_config"
hythe doctor >out 2>&1 || { cat out; fail "sshd lets user hythe in, and is said not to"; }
inside mv /tmp/sshd_config $sshd_config
# What cannot be told before sshd was started for the first time is not held against it.
inside mv /run/sshd /run/sshd.away
hythe doctor >out 2>&1 || { cat out; fail "sshd was never started, and is said to be ill"; }
inside mv /run/sshd.away /run/sshd

# nginx without hythe's part. The way out is one.
inside rm /etc/nginx/conf.d/hythe.conf
if hythe doctor >out 2>&1; then fail "nobody noticed"; fi
says out "^host: requests: nginx's configuration has nothing of hythe's: no app can be served"
says out "as root: /usr/lib/hythe/helpers/hythe-join, which says what is in the way"
inside /usr/lib/hythe/helpers/hythe-join >out 2>&1 || { cat out; fail "hythe-join"; }
[ ! -s out ] || { cat out; fail "hythe-join has something to say"; }
hythe doctor >out 2>&1 || { cat out; fail "something is left of it"; }

# An app that is being made while the doctor comes is no rest of another one.
apps=/var/lib/hythe/apps
hythe create half >/dev/null
hythe tcp half 20077 >/dev/null
inside mv $apps/half/app.yml $apps/half/away
mkfifo making
inside flock $apps/.lock cat <making &
exec 7>making
eventually 10 inside sh -c "! flock -n $apps/.lock true"
(exec 7>&- && hythe doctor --fix >out 2>&1) & doctor=$!
eventually 10 inside grep -q -- '-> FLOCK' /proc/locks
inside mv $apps/half/away $apps/half/app.yml
exec 7>&-
wait $doctor || { cat out; fail "an app that was just made is said to be ill"; }
says out '^half: ok'
says_not out "which is no app"
inside test -e /var/lib/hythe/slots/half || fail "the doctor has destroyed an app that was being made"
# One that is not made any further goes, with its port.
inside mv $apps/half/app.yml $apps/half/away
if hythe doctor >out 2>&1; then fail "nobody noticed what is left of an app"; fi
says out "something of 'half' is there"
cured
for rest in slots routes; do
  inside test ! -e "/var/lib/hythe/$rest/half" || fail "'$rest/half' is left of it"
done
inside test ! -e /var/log/hythe/half || fail "its logs are left"
hythe create half >/dev/null
hythe destroy half --confirm half >/dev/null
