#!/bin/sh
# `hythe cancel`, from any session: the deployment under way, and one that waits behind it.
. "$(dirname "$0")/../story.sh"
new_app halt slow
commit halt one
push_succeeds halt
consistent halt one

is() { hythe deployments halt | grep -qE "^ +$1 +$2"; }

# One builds, a second and a third wait: the one that waits goes by its number, the other by none.
echo 'echo building now; sleep 120' >halt/build.sh
commit halt two
: >halt.push
push halt & pusher=$!
eventually 60 grep -q "building now" halt.push
hythe deploy halt >deploy.out 2>&1 & waiter=$!
eventually 30 grep -q "Waiting behind deployment 2" deploy.out
remote cancel halt 3 >out || { cat out; fail "the one that waits was not cancelled"; }
says out '^Cancelled deployment 3 of halt$'
if wait $waiter; then fail "a cancelled deployment succeeded"; fi
says deploy.out 'error: cancelled by sandbox'
is 2 building || fail "the other one was cancelled with it"
hythe cancel halt >out || { cat out; fail "the one under way was not cancelled"; }
says out '^Cancelled deployment 2 of halt$'
if wait $pusher; then fail "a cancelled push was accepted"; fi
says halt.push 'error: cancelled by root'
says halt.push 'hint: release 1 still serves'
hythe deployments halt >list
says list '^ +2 +aborted +push +sandbox .*\(cancelled by root\)$'
says list '^ +3 +aborted +deploy +root .*\(cancelled by sandbox\)$'
consistent halt one
no_leftovers halt

# In postdeploy, the last moment before traffic moves.
echo 'echo building now' >halt/build.sh
echo 'echo deciding now; sleep 120' >halt/postdeploy.sh
commit halt three
: >halt.push
push halt & pusher=$!
eventually 60 grep -q "deciding now" halt.push
remote cancel halt >out || { cat out; fail "not cancelled in postdeploy"; }
if wait $pusher; then fail "a cancelled push was accepted"; fi
consistent halt one
no_leftovers halt

# Too late: traffic has moved, and git, slowed down, has not yet moved the branch.
inside sh -c 'printf "#!/bin/sh\ncase \$PWD in */halt.git) sleep 5 ;; esac\n" >/usr/lib/hythe/hooks/update; chmod 755 /usr/lib/hythe/hooks/update'
echo 'echo decided' >halt/postdeploy.sh
commit halt four
: >halt.push
push halt & pusher=$!
eventually 60 grep -q "<-- http" halt.push
if hythe cancel halt >out 2>&1; then fail "it was cancelled after traffic had moved"; fi
says out "^error: it is too late: traffic has moved to deployment 5 of 'halt'$"
wait $pusher || { cat halt.push; fail "the push was refused"; }
inside rm /usr/lib/hythe/hooks/update
consistent halt four
no_leftovers halt

# Nothing is left to be cancelled, and nothing to be cancelled with.
if hythe cancel halt >out 2>&1; then fail "nothing was cancelled"; fi
says out "^error: nothing of 'halt' is being deployed$"
if hythe cancel halt 5 >out 2>&1; then fail "a past deployment was cancelled"; fi
says out "^error: deployment 5 of 'halt' is over: success$"
if hythe cancel halt 99 >out 2>&1; then fail "no deployment was cancelled"; fi
says out "^error: 'halt' has no deployment '99'$"
no_beacons() { [ -z "$(inside sh -c 'ls /var/lib/hythe/apps/halt/deployments/*.beacon 2>/dev/null')" ]; }
eventually 10 no_beacons
