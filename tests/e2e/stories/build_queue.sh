#!/bin/sh
# The host runs one build at a time here: others wait in the order in which they came, are told
# their place, move up, and leave the queue when nobody wants them any more.
. "$(dirname "$0")/../story.sh"
inside sh -c 'cp -p /etc/hythe/hythe.yml /tmp/hythe.yml; echo "builds: 1" >>/etc/hythe/hythe.yml'
for app in first second third fourth; do
  new_app $app slow
  commit $app one
done
echo 'echo building now; sleep 30' >first/build.sh
commit first one
: >first.push
push first & first=$!
eventually 60 grep -q "building now" first.push

: >second.push
push second & second=$!
eventually 60 grep -q "Waiting for a build slot: you are next" second.push
: >third.push
push third & third=$!
eventually 60 grep -q "Waiting for a build slot: 1 before you" third.push
mkdir dry
echo 'web: true' >dry/Procfile
# shellcheck disable=SC2086 # the words of a command
tar -c -C dry . | setsid $GIT_SSH_COMMAND hythe@127.0.0.1 build --dry - >dry.out 2>&1 & dry=$!
eventually 60 grep -q "Waiting for a build slot: 2 before you" dry.out
: >fourth.push
push fourth -o detach & fourth=$!
eventually 60 grep -q "Waiting for a build slot: 3 before you" fourth.push
hythe deployments fourth | grep -qE '^ +1 +queued' || fail "what waits is not queued"

# A dry build whose client is gone, and a deployment that is cancelled, leave the queue.
kill -KILL "-$dry" 2>/dev/null || true
wait $dry || true
eventually 10 grep -q "Waiting for a build slot: 2 before you" fourth.push
remote cancel second >/dev/null || fail "what waits for a slot was not cancelled"
if wait $second; then fail "a cancelled push was accepted"; fi
says second.push 'error: cancelled by sandbox'
eventually 10 grep -q "you are next" third.push
eventually 10 grep -q "Waiting for a build slot: 1 before you" fourth.push
says_not third.push "building|Node"

# The slot of a deployment that is killed is free.
inside sh -c 'kill -9 "$(sed -n "s/^pid:[^0-9]*\([0-9]*\).*/\1/p" /var/lib/hythe/apps/first/lock)"'
wait $first || true
wait $third || { cat third.push; fail "the third push failed"; }
wait $fourth || { cat fourth.push; fail "the fourth push failed"; }
consistent third one
consistent fourth one
for app in third fourth; do no_leftovers $app; done
is_empty() { [ -z "$(inside sh -c 'ls /var/lib/hythe/queue | grep -v lock')" ]; }
eventually 10 is_empty
inside cp -p /tmp/hythe.yml /etc/hythe/hythe.yml
