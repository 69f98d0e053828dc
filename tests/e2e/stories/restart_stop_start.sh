#!/bin/sh
# Restart loses no request of a keep-alive client; stop says 503 and lasts, also over a reboot,
# until a start or a push.
. "$(dirname "$0")/../story.sh"
new_app lamp
commit lamp one
for verb in restart stop start; do
  code=0
  hythe $verb lamp >out 2>&1 || code=$?
  [ $code -eq 66 ] || fail "$verb of what was never deployed exited with $code"
  says out 'nothing was deployed to .lamp. yet'
done
push_succeeds lamp
# By now each lane has its servers, and nginx no reason to reload.
for n in 1 2; do remote restart lamp >out 2>&1 || { cat out; fail "restart $n"; }; done
says out 'success: release 1 of lamp serves'
inside wrk -t1 -c16 -d600s -H "Host: lamp.$HYTHE_BASE_DOMAIN" http://127.0.0.1/ >load & client=$!
for n in 1 2 3 4; do hythe restart lamp >out 2>&1 || { cat out; fail "restart $n"; }; done
inside pkill -INT -x wrk
wait $client || true
cat load
says load "requests in"
says_not load "Non-2xx|Socket errors"
consistent lamp one
no_leftovers lamp

is_503() {
  [ "$(curl -s -o body -w '%{http_code}' -H "Host: lamp.$HYTHE_BASE_DOMAIN" "http://127.0.0.1:$HYTHE_HTTP_PORT/")" = 503 ] &&
    grep -q 'it is stopped, or has no web process' body
}
nothing_runs() { [ -z "$(inside sh -c 'ls -d /run/hythe/containers/lamp.* 2>/dev/null')" ]; }
remote stop lamp >out 2>&1 || { cat out; fail "stop"; }
says out 'success: lamp is stopped'
is_503 || fail "a stopped app answers: $(cat body)"
eventually 40 nothing_runs
hythe logs lamp >out
says out 'stopping' # it had its time to end
hythe ps lamp >out
says out '^lamp is stopped: hythe start lamp$'
hythe info lamp >out
says out '^state +stopped'
hythe list >out
says out '^lamp +stopped'
hythe stop lamp >out
says out 'is stopped already'

# A variable is set, and starts nothing.
hythe env lamp set KEY=value >out 2>&1 || { cat out; fail "env of a stopped app"; }
says out 'lamp is stopped'
is_503 || fail "it answers"
# Nor does a reboot.
inside rm -rf /run/hythe/lanes/lamp
hythe restore >out 2>&1 || { cat out; fail "restore"; }
is_503 || fail "it answers after a reboot"
nothing_runs || fail "it runs after a reboot"
hythe restore >out 2>&1
[ ! -s out ] || { cat out; fail "a second restore did something"; }

hythe start lamp >out 2>&1 || { cat out; fail "start"; }
consistent lamp one
get lamp env | grep -q '^KEY=value$' || fail "the variable is lost"
no_leftovers lamp
hythe start lamp >out
says out 'is not stopped'
# Whoever pushes wants it to serve.
hythe stop lamp >out 2>&1
commit lamp two
push_succeeds lamp
consistent lamp two
no_leftovers lamp
# So does whoever restarts it.
hythe stop lamp >out 2>&1
hythe restart lamp >out 2>&1 || { cat out; fail "restart of a stopped app"; }
consistent lamp two

# A restart that is killed leaves what served.
echo 'web: sleep 3; exec python3 answer.py' >lamp/Procfile
commit lamp three
push_succeeds lamp
hythe restart lamp >out 2>&1 & verb=$!
eventually 20 grep -q 'Starting web.1' out
inside pkill -9 -x hythe-deploy
wait $verb && fail "a killed restart succeeded"
consistent lamp three
no_leftovers lamp
