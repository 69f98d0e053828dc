#!/bin/sh
# `git push -o detach`: the client may go, and what it asked for goes on: the branch moves if
# the new version serves, and neither happens if not.
. "$(dirname "$0")/../story.sh"
new_app far slow
commit far one
push_succeeds far

is() { hythe deployments far | grep -qE "^ +$1 +$2"; }
chatter='yes "more than any buffer on the way can hold, line for line" | head -n 200000'

# leave_during NUMBER: pushes what is there, and kills the client once its build has begun.
leave_during() {
  : >far.push
  setsid git -C far push -o detach hythe main >far.push 2>&1 & client=$!
  eventually 60 grep -q "building now" far.push
  kill -KILL "-$client" 2>/dev/null || true
  wait "$client" || true
  is "$1" building || { hythe deployments far; fail "it does not go on"; }
}

# Whoever left finds it again, from another session, with all of its output.
echo 'echo building now; sleep 4; echo built' >far/build.sh
commit far two
leave_during 2
says far.push "detached: you may leave; follow: hythe deployments far 2 -f"
remote deployments far -f >followed || { cat followed; fail "what was followed did not succeed"; }
says followed "building now"
says followed "success: release 2 of far serves"
consistent far two
no_leftovers far

# More output than anything on the way to a client holds.
echo "echo building now; sleep 2; $chatter; echo built" >far/build.sh
commit far three
leave_during 3
eventually 60 is 3 success
consistent far three

# It fails without its client: neither has moved.
echo 'echo building now; sleep 2; exit 1' >far/build.sh
commit far four
leave_during 4
eventually 60 is 4 build-error
consistent far three
no_leftovers far

# A client whose network is gone without a word takes nothing and never hangs up.
echo "echo building now; sleep 2; $chatter; echo built" >far/build.sh
commit far five
: >far.push
setsid git -C far push -o detach hythe main >far.push 2>&1 & client=$!
eventually 60 grep -q "building now" far.push
kill -STOP "-$client"
eventually 60 is 5 success
consistent far five
kill -CONT "-$client"
wait "$client" || { tail far.push; fail "the push failed"; }
says far.push "all of the output: hythe deployments far 5"
says far.push "success: release 4 of far serves"

# One who stays sees how it ends, and one that nobody watches can be cancelled.
echo 'echo building now' >far/build.sh
commit far six
push_succeeds far -o detach
says far.push "success: release 5 of far serves"
echo 'echo building now; sleep 120' >far/build.sh
commit far seven
leave_during 7
remote cancel far >/dev/null || fail "it was not cancelled"
is 7 aborted || fail "it is not aborted"
consistent far six
no_leftovers far

# The same without a push.
remote deploy far --detach --message "'by hand'" >out || { cat out; fail "deploy --detach"; }
says out "^detached: you may leave; follow: hythe deployments far 8 -f$"
hythe deployments far 8 -f >followed || { cat followed; fail "deploy --detach did not succeed"; }
consistent far six
no_leftovers far
