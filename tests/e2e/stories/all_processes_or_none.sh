#!/bin/sh
# A release serves when all of its processes are up: `web` and `tcp` move in one step, and a worker
# that dies within its first second keeps both where they were.
. "$(dirname "$0")/../story.sh"
new_app trio
cp "$HERE/apps/tcp/echo.py" trio/
cat >trio/Procfile <<'END'
web: exec python3 answer.py
tcp: exec python3 echo.py
worker: exec sh worker.sh
END
cat >trio/worker.sh <<'END'
read -r version <version
case $version$WORKER in
*bad*) exit 9 ;;
*late*) echo "Error: cannot find module 'queue'" && sleep 0.4 && exit 7 ;;
esac
exec tail -f /dev/null
END
hythe scale trio web=2 tcp=2 worker=1 >/dev/null
commit trio one
push_succeeds trio
address=$(inside hostname -I | cut -d' ' -f1)
port=$(hythe tcp trio | sed 's/.*://')
says trio.push "<-- http://trio\.$HYTHE_BASE_DOMAIN tcp://trio\.$HYTHE_BASE_DOMAIN:$port -->"

# Both ways in lead to VERSION, and each to its own containers.
both_serve() {
  for _ in 1 2; do
    serves trio "$1"
    inside "$HERE/tcp_clients.py" "$address" "$port" once >>containers
    [ "$(tail -n 1 containers | cut -d' ' -f1)" = "$1" ] || fail "tcp does not serve $1"
  done
}
both_serve one
[ "$(cut -d' ' -f2 containers | sort -u | tr '\n' ' ')" = 'tcp-1 tcp-2 ' ] || fail "the port leads elsewhere"
[ "$(inside grep -c 'server 10\.' /etc/nginx/hythe/trio.conf)" -eq 8 ] || fail "nginx sends requests elsewhere"
commit trio two
push_succeeds trio
both_serve two
consistent trio two

commit trio bad
push_fails trio
says trio.push 'worker.1 exited with code 9'
says trio.push 'crashed-error'
says trio.push 'hint: release 2 still serves http://.* tcp://'
both_serve two
consistent trio two

# Nothing tells that a worker is up: what listens at once does not take along one that ends later.
refused() { # OUTPUT
  says "$1" 'worker.[12] exited with code 7 after its start'
  says "$1" "cannot find module 'queue'"
  says "$1" 'crashed-error'
}
commit trio late
push_fails trio
refused trio.push
both_serve two
consistent trio two
no_leftovers trio 5

# By whatever way it comes.
hythe env trio set --no-restart WORKER=late >/dev/null
for change in 'restart trio' 'scale trio worker=2' 'rollback trio'; do
  # shellcheck disable=SC2086 # its words
  if hythe $change >out 2>&1; then cat out; fail "'$change' let it through"; fi
  refused out
  consistent trio two
done
both_serve two
no_leftovers trio 5
hythe destroy trio --confirm trio >/dev/null

# Without any process that receives traffic, too.
new_app solo
printf 'worker: exec sh worker.sh\n' >solo/Procfile
mv trio/worker.sh solo/
hythe scale solo worker=1 >/dev/null
commit solo late
push_fails solo
refused solo.push
commit solo one
push_succeeds solo
says solo.push 'worker.1 still runs after 1\.[0-9]* s'
no_leftovers solo
hythe destroy solo --confirm solo >/dev/null
