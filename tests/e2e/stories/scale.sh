#!/bin/sh
# Scaling up, down, to nothing and back: no keep-alive client loses a request, sizes are what
# containers are told, and what cannot be leaves everything as it was.
. "$(dirname "$0")/../story.sh"
refused() {
  want=$1 && shift
  code=0
  hythe scale grow "$@" >out 2>&1 || code=$?
  [ "$code" -eq "$want" ] || { cat out; fail "scale $* exited with $code instead of $want"; }
}
scales() { hythe scale grow "$@" >out 2>&1 || { cat out; fail "scale $* failed"; }; }
load() { inside wrk -t1 -c"$2" -d600s -H "Host: $1.$HYTHE_BASE_DOMAIN" http://127.0.0.1/ >"$1.wrk" 2>&1; }
new_app grow
echo 'broken: exit 3' >>grow/Procfile
commit grow one
push_succeeds grow
new_app besides
commit besides quiet
push_succeeds besides

load grow 16 & first=$!
load besides 4 & second=$!
scales web=3 worker=2 web:size=L worker:overlap=stop-first
no_leftovers grow 5
hythe scale grow >out
says out '^web=3 +size L +\(1.0 GiB\)$'
says out '^worker=2 +size M +\(512.0 MiB\), stop-first$'
get grow env >seen
says seen '^CONTAINER_SIZE=L$'
says seen '^CONTAINER_MEMORY=1073741824$'
inside cat /run/hythe/containers/grow.b.0/config.json >config
says config '"memory":.*"limit":1073741824'
says config '"pids":.*"limit":512'
says config '"shares":1024'
scales web=-1 web:size=
hythe scale grow | grep -q '^web=2 .*size M ' || fail "web is not as it was asked for"
scales web=+2 worker=0
no_leftovers grow 4
scales web=1
no_leftovers grow 1
inside pkill -INT -x wrk
wait $first $second || true
cat grow.wrk besides.wrk
for app in grow besides; do
  says $app.wrk "requests in"
  says_not $app.wrk "Non-2xx|Socket errors"
done

# What cannot be is said in one line, with the way out, and changes nothing.
hythe scale grow >before
refused 64 web=x
refused 64 web
refused 64 web:colour=red
refused 64 worker:overlap=sometimes
refused 65 web:overlap=stop-first
says out "'web' cannot be stop-first"
refused 65 web:size=XS
says out 'there are: S M L XL 2XL 3XL'
refused 65 web=-2
says out "'web' has 1 containers, and -2 would make it -1"
refused 65 nosuch=1
refused 65 postdeploy=1
inside sh -c 'printf "sizes:\n  huge: {memory: 4000 GiB}\n" >>/etc/hythe/hythe.yml'
refused 65 web:size=huge
inside sed -i '/^sizes:$/,$d' /etc/hythe/hythe.yml
says out 'and this host has'
says out 'choose a smaller one: hythe scale grow web:size=M'
refused 65 web=20 worker=20
says out '40 containers, an app can have 30'
if hythe scale grow web=2 broken=1 >out 2>&1; then fail "a process that ends was scaled up"; fi
says out 'broken.1 exited with code 3'
hythe scale grow >after
cmp before after || fail "a change that failed was kept"
consistent grow one
no_leftovers grow 1

# Without a web process somebody says so.
scales web=0 worker=1
says out 'runs, and receives no requests'
[ "$(curl -s -o body -w '%{http_code}' -H "Host: grow.$HYTHE_BASE_DOMAIN" "http://127.0.0.1:$HYTHE_HTTP_PORT/")" = 503 ] || fail "it is not 503"
says body 'nothing of this app answers here'
no_leftovers grow 1
scales web=1 worker=0
consistent grow one
new_app quiet
echo 'worker: exec sleep infinity' >quiet/Procfile
hythe scale quiet worker=1 >/dev/null
commit quiet one
push_succeeds quiet
says quiet.push 'success: release 1 of quiet runs, and receives no requests'
no_leftovers quiet 1

# Two at once are both counted.
hythe scale grow web=+1 >one 2>&1 & other=$!
hythe scale grow web=+1 >two 2>&1
wait $other
hythe scale grow | grep -q '^web=3 ' || fail "one of two changes was lost"
# An app's own limits come before its sizes, and are the administrator's.
hythe limits grow container_memory='100 MiB' >/dev/null
scales web=1 web:size=L
get grow env | grep -q '^CONTAINER_MEMORY=104857600$' || fail "the limit of the app's own does not hold"
