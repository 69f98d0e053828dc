#!/bin/sh
# A `tcp` process is reached at a port of the host that stays its own, by clients whose addresses
# it sees; deployments and scaling lose no connection of theirs.
. "$(dirname "$0")/../story.sh"
clients=$HERE/tcp_clients.py

# A client elsewhere: the host does not translate its own loopback.
host=192.168.77.1
away() { inside ip netns exec away "$@"; }
inside ip netns add away
inside ip link add away0 type veth peer name eth0 netns away
inside ip address add $host/24 dev away0
inside ip link set away0 up
away ip address add 192.168.77.2/24 dev eth0
away ip address add 192.168.77.3/24 dev eth0
away ip link set eth0 up
# shellcheck disable=SC2317 # called by the trap
clean_up() {
  inside ip netns delete away
}
trap clean_up EXIT

new_app echo tcp
hythe settings echo drain=90s >/dev/null # long enough for connections to outlive two deployments
commit echo one
push_succeeds echo
port=$(hythe tcp echo | sed 's/.*://')
says echo.push "<-- tcp://echo\.$HYTHE_BASE_DOMAIN:$port -->"
hythe info echo >out
says out "^url +tcp://echo\.$HYTHE_BASE_DOMAIN:$port\$"
status=$(curl -s -o out -w '%{http_code}' -H "Host: echo.$HYTHE_BASE_DOMAIN" "http://127.0.0.1:$HYTHE_HTTP_PORT/")
[ "$status" = 503 ] || fail "an app without web processes answers $status"

# Who is seen, and by whom.
[ "$(away "$clients" $host "$port" once)" = "one tcp-1 192.168.77.2" ] || fail "from elsewhere"
[ "$(inside "$clients" $host "$port" once)" = "one tcp-1 $host" ] || fail "from the host itself"
if inside "$clients" 127.0.0.1 "$port" once 2>err; then fail "loopback is translated"; fi
says err ConnectionRefused
hythe run echo "exec 3<>/dev/tcp/$host/$port; read -r line <&3; echo \"\$line\"" </dev/null >out
says out '^one tcp-1 10\.215\.255\.254$'

hythe scale echo tcp=2 >/dev/null

# begin_load, end_load: the clients, and then what they saw, in `seen`.
begin_load() {
  mkfifo orders
  away "$clients" $host "$port" load 192.168.77.3 <orders >seen 2>&1 & load=$!
  exec 8>orders
  eventually 20 grep -q ready seen
}
end_load() {
  exec 8>&-
  wait $load || { cat seen; fail "the clients have failed"; }
  rm orders
  cat seen
  says seen '"failed": \[\]'
  says seen '"addresses": \["192.168.77.2"\]'
}

begin_load
commit echo two
push_succeeds echo
commit echo three
push_succeeds echo
end_load
says seen '"long_ends": \[\]'
says seen '"versions": \["one", "three", "two"\]'
says seen '"containers": \["tcp-1", "tcp-2"\]'
# The drains end long before their time, since nobody is connected any more.
no_leftovers echo 2

# With somebody connected to each of three versions, the place of the oldest is needed for the
# next: its clients are told at once.
begin_load
mkfifo held_on
for version in four five six seven; do
  commit echo $version
  push_succeeds echo
  [ $version != seven ] || break
  says_not echo.push "ended the drain"
  (exec 8>&- 9>&-; away "$clients" $host "$port" hold <held_on >"held.$version") &
  exec 9>held_on
  eventually 20 grep -qx $version "held.$version"
done
says echo.push "ended the drain of release [0-9]+ early: this deployment needs its place"
end_load
exec 9>&-
says seen '"long_ends": \["ended", "ended", "ended", "ended"\], "back": 4'
no_leftovers echo 2

begin_load
hythe scale echo tcp=3 >/dev/null
hythe scale echo tcp=1 >/dev/null
end_load
says seen '"long_ends": \[\]'
says seen 'tcp-3'
hythe scale echo tcp=2 >/dev/null
[ "$(hythe tcp echo | sed 's/.*://')" = "$port" ] || fail "the port has changed"

# One of two crashes: the other gets its share until it is back.
# shellcheck disable=SC2086 # the words of a command
timeout 60 $HYTHE_RUN "$clients" $host "$port" crash app-echo || fail "of a crash its neighbour hears nothing"

# Another program flushes the tables.
in_order() { inside /usr/lib/hythe/helpers/hythe-route check; }
in_order >out || { cat out; fail "nothing was wrong"; }
inside nft delete table ip hythe_tcp
if in_order >out; then fail "a flushed table goes unnoticed"; fi
says out echo
if hythe doctor echo >out 2>&1; then fail "doctor does not notice it"; fi
says out 'echo: its port does not lead to it'
hythe doctor echo --fix >out 2>&1 || { cat out; fail "doctor does not put it right"; }
in_order || fail "doctor has put nothing right"
inside nft delete table ip hythe_tcp
hythe restore >out 2>&1
in_order || fail "restore does not put the table back"
[ "$(away "$clients" $host "$port" once | cut -d' ' -f1)" = seven ] || fail "it does not serve after restore"
inside nft delete table ip hythe_tcp
inside nft delete table inet hythe
hythe run echo true </dev/null
in_order || fail "the next start does not put the table back"

# A failed push moves nothing.
sed -i 's/^import os$/import os; os._exit(3)/' echo/echo.py
commit echo broken
push_fails echo
[ "$(away "$clients" $host "$port" once | cut -d' ' -f1)" = seven ] || fail "a failed push has moved connections"

# Ports are the host's, one for each.
new_app other tcp
other=$(remote tcp other | sed 's/.*://')
[ "$other" != "$port" ] || fail "two apps have one port"
if hythe tcp other "$port" 2>err; then fail "a port was taken from another app"; fi
says err "port $port is taken: by another app"
if hythe tcp other 80 2>err; then fail "port 80 was given"; fi
says err "'80' is not a port from 20000-20999"
mkfifo held
inside python3 -c 'import socket, sys
server = socket.create_server(("127.0.0.1", 20777)); print("listens", flush=True); sys.stdin.read()' <held >holder &
exec 7>held
eventually 10 grep -q listens holder
if hythe tcp other 20777 2>err; then fail "a port was taken from a server"; fi
says err "port 20777 is taken: by a server of this host"
exec 7>&-
if hythe tcp echo --free 2>err; then fail "a port in use was given back"; fi
says err "hythe scale echo tcp=0"
hythe tcp echo 20778 >/dev/null
[ "$(away "$clients" $host 20778 once | cut -d' ' -f1)" = seven ] || fail "the new port leads nowhere"
if away "$clients" $host "$port" once 2>err; then fail "the old port still leads somewhere"; fi
hythe scale echo tcp=0 >/dev/null
if away "$clients" $host 20778 once 2>err; then fail "a port leads to containers that retire"; fi
hythe tcp echo --free
hythe tcp other "$port" >/dev/null
hythe destroy other --confirm other >/dev/null
hythe tcp echo "$port" >/dev/null
hythe destroy echo --confirm echo >/dev/null
inside ls /var/lib/hythe/routes >out
says_not out '^(echo|other)$'
inside nft list table ip hythe_tcp >out
says_not out 'goto app-'
