#!/bin/sh
# A worker that must not run twice: the old one has ended before the new one starts, and when
# the deployment comes to nothing, even by kill -9, the old one runs again.
. "$(dirname "$0")/../story.sh"
new_app single
cat >single/worker.sh <<'END'
trap 'sleep 1; echo ENDED; exit 0' TERM
echo BEGAN
while :; do sleep 0.1 & wait $!; done
END
printf 'web: exec python3 answer.py\nworker: bash worker.sh\n' >single/Procfile
hythe scale single worker=1 worker:overlap=stop-first >/dev/null
commit single one
push_succeeds single

# What the workers of all lanes said, in the order of their clocks.
history() { inside sh -c 'cat /var/log/hythe/single/worker.1-?.log' | grep -E 'BEGAN|ENDED' | sort | sed 's/.* //' | tr '\n' ' '; }
never_twice() {
  said=$(history)
  case $said in *'BEGAN BEGAN'*) fail "it ran twice: $said" ;; esac
}
began() { [ "$(history | tr ' ' '\n' | grep -c BEGAN)" -eq "$1" ]; }
began 1 || fail "it did not begin: $(history)"

commit single two
push_succeeds single
says single.push 'Stopping what runs of worker'
[ "$(history)" = 'BEGAN ENDED BEGAN ' ] || fail "not one after the other: $(history)"
consistent single two
no_leftovers single 2
hythe restart single >out 2>&1 || { cat out; fail "restart"; }
[ "$(history)" = 'BEGAN ENDED BEGAN ENDED BEGAN ' ] || fail "not one after the other: $(history)"

# The new one ends at once: the old one comes back.
echo 'echo broken; exit 5' >single/worker.sh
commit single three
push_fails single
says single.push 'worker.1 exited with code 5'
eventually 10 began 4
never_twice
consistent single two
no_leftovers single 2
git -C single checkout -q HEAD~1 worker.sh

# What fails earlier does not stop it.
cp single/Procfile Procfile
echo 'postdeploy: exit 1' >>single/Procfile
commit single four
push_fails single
says_not single.push 'Stopping what runs'
cp Procfile single/Procfile
began 4 || fail "it was started again"

# The deployment is killed between the two.
kill_in_handover() {
  commit single "$1"
  push single & pusher=$!
  eventually 30 grep -q 'Stopping what runs' single.push
  inside pkill -9 -x hythe-deploy
  if wait "$pusher"; then fail "the push of a killed deployment was accepted"; fi
}
kill_in_handover five
eventually 60 began 5
never_twice
consistent single two
no_leftovers single 2
# And the settler with it: the next one to deploy sees to it.
commit single six
push single & pusher=$!
eventually 30 grep -q 'Stopping what runs' single.push
inside pkill -9 -x 'hythe-deploy|hythe-settle'
wait "$pusher" && fail "the push of a killed deployment was accepted"
gone() { ! hythe ps single | grep -q worker; }
eventually 60 gone
commit single seven
push_succeeds single
never_twice
consistent single seven
no_leftovers single 2

# Ctrl-C while it is stopped.
commit single eight
push single & pusher=$!
eventually 30 grep -q 'Stopping what runs' single.push
kill -INT "$pusher" 2>/dev/null || true
pkill -INT -P "$pusher" || true
wait "$pusher" || true
settled() { hythe info single | grep -qE '^last .*(success|aborted)'; }
eventually 60 settled
no_leftovers single 2
never_twice
