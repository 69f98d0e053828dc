#!/bin/sh
# The newest releases are kept, and whatever serves or is run from; the rest goes by itself, or
# by gc, which says how much it freed.
. "$(dirname "$0")/../story.sh"
config=/etc/hythe/hythe.yml
inside cp -p $config $config.before
# shellcheck disable=SC2016
trap 'inside mv $config.before $config' EXIT
inside sh -c "printf 'keep_releases: 2\nkeep_deployments: 4\n' >>$config"

on_disk() { inside sh -c "ls -A /var/lib/hythe/releases/$1" | sort -n | tr '\n' ' '; }
has_on_disk() { [ "$(on_disk "$1")" = "$2" ]; }
new_app old
head -c 2000000 /dev/urandom >old/ballast
for version in 1 2 3 4; do
  commit old $version
  push_succeeds old
done
eventually 20 has_on_disk old "3 4 "
hythe releases old >out
says out "^ +2  \(removed\) .* version 2"
says out "^ +3  kept .* version 3"
code=0
hythe rollback old 2 >out 2>&1 || code=$?
[ $code -eq 66 ] || fail "a rollback to what is gone exited with $code"
says out "release 2 of 'old' was removed from the disk"
says out "git push --force hythe $(git -C old rev-parse --short=7 HEAD~2):main"
consistent old 4

# What a one-off runs from stays, and so does what serves, however old.
mkfifo hold
hythe run old cat <hold >one_off.out 2>&1 & one_off=$!
exec 7>hold
eventually 10 sh -c "$HYTHE_RUN hythe ps old | grep -q one-off"
for version in 5 6; do
  commit old $version
  push_succeeds old
done
eventually 20 has_on_disk old "4 5 6 "
eventually 90 nobody_settles # what goes by itself has gone
hythe gc old >out
says out "old: nothing to free"
has_on_disk old "4 5 6 " || fail "gc removed what a one-off runs from"
echo bye >&7
exec 7>&-
wait $one_off
says one_off.out "^bye$"
has_no_one_off() { ! hythe ps old | grep -q one-off; }
eventually 10 has_no_one_off
hythe gc old >out
says out "old: freed [0-9.]+ MiB, takes "
has_on_disk old "5 6 " || fail "gc left $(on_disk old)"
hythe rollback old 5 >/dev/null
commit old 7
push_succeeds old
hythe rollback old >/dev/null # to 5, which served before 7
serves old 5
eventually 20 has_on_disk old "5 6 7 "

# Deployments and their logs: the newest, and those that tell what serves and why.
left() { inside sh -c "ls /var/lib/hythe/apps/old/deployments" | tr '\n' ' '; }
[ "$(inside sh -c 'ls /var/lib/hythe/apps/old/deployments/*.log' | wc -l)" -le 7 ] || fail "there is $(left)"
if hythe deployments old 1 >/dev/null 2>&1; then fail "the first deployment is still there"; fi
for value in 1 2 3 4 5 6; do hythe env old set X=$value >/dev/null; done
hythe gc old >/dev/null
hythe info old >out
says out "^state +release 5 serves \(rolled back from 7\)"
inside test ! -e /var/lib/hythe/apps/old/releases/1.yml || fail "the record of release 1 is there"

# Whatever was left over by what was killed.
eventually 90 nobody_settles
inside sh -c 'cd /var/lib/hythe && mkdir -p releases/old/.old-3-0 builds/old/77/tree repos/.destroyed-x &&
  head -c 1000000 /dev/zero >builds/old/77/tree/file &&
  chown -R "$(stat -c %u releases/old/5/app)" builds/old/77/tree && chown hythe: repos/.destroyed-x &&
  install -d -g hythe -m 750 /var/log/hythe/gone && echo x >/var/log/hythe/gone/web.1-a.log'
inside sh -c 'mkdir /tmp/many && cd /tmp/many && seq 2000 | split -l 1 -a 4 && chmod -R a+rX . && ls | sed "s,^,$PWD/," |
  setpriv --reuid hythe --regid hythe --clear-groups git --git-dir=/var/lib/hythe/repos/old.git hash-object -w --stdin-paths >/dev/null'
remote gc >out || { cat out; fail "gc"; }
says out "old: freed"
says out "freed .* in all"
[ -z "$(inside sh -c 'ls -d /var/lib/hythe/releases/old/.old* /var/lib/hythe/builds/old/* /var/lib/hythe/repos/.destroyed-* /var/log/hythe/gone 2>/dev/null')" ] ||
  fail "something is left over"
[ -n "$(inside sh -c 'ls /var/lib/hythe/repos/old.git/objects/pack')" ] || fail "the repository was not packed"

# A push while gc is at work, and a clone after it.
hythe gc >/dev/null & collecting=$!
commit old 8
push_succeeds old
wait $collecting
consistent old 8
git clone -q "ssh://hythe@127.0.0.1:$HYTHE_SSH_PORT/old" clone
[ "$(cat clone/version)" = 8 ] || fail "the clone has another version"
no_leftovers old
