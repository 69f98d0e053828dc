#!/bin/sh
# An app with a long drain: a websocket outlives three deployments after it, and more of them as
# long as there is another place to start in. The one that needs its place says so.
. "$(dirname "$0")/../story.sh"
new_app sockets
# It upgrades /socket, then answers each byte with its own version; SIGTERM makes it say bye.
cat >sockets/answer.py <<'END'
import http.server, os, signal, threading
open_sockets = []
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        version = open("version").read().encode()
        if self.headers.get("Upgrade") == "echo":
            self.send_response(101)
            self.send_header("Upgrade", "echo")
            self.send_header("Connection", "Upgrade")
            self.end_headers()
            open_sockets.append(self.wfile)
            while self.rfile.read(1):
                self.wfile.write(version)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(version)))
        self.end_headers()
        self.wfile.write(version)
server = http.server.ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler)
def stop(*_):
    for each in open_sockets:
        each.write(b"bye\n")
        each.flush()
    os._exit(0)
signal.signal(signal.SIGTERM, stop)
server.serve_forever()
END
commit sockets one
push_succeeds sockets
remote settings sockets drain=10m >/dev/null # for the next retire, without a rollout

# Holds a socket to each version: "open NAME", "ask NAME", "listen NAME", "close NAME".
mkfifo to from
cat >client.py <<'END'
import socket, sys
sockets = {}
def open_socket():
    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 30)
    s.sendall(f"GET /socket HTTP/1.1\r\nHost: {sys.argv[2]}\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n".encode())
    f = s.makefile("rwb")
    while f.readline() not in (b"\r\n", b""):
        pass
    s.close()  # f is what holds it open
    return f
for line in iter(sys.stdin.readline, ""):
    order, name = line.split()
    if order == "open":
        sockets[name] = open_socket()
    if order == "close":
        sockets.pop(name).close()
        continue
    if order in ("open", "ask"):
        sockets[name].write(b"x")
        sockets[name].flush()
    print((sockets[name].readline() or b"the end\n").decode(), end="", flush=True)
END
python3 client.py "$HYTHE_HTTP_PORT" "sockets.$HYTHE_BASE_DOMAIN" <to >from 2>client.log & client=$!
exec 3>to 4<from
# socket ORDER NAME ANSWER
socket() {
  echo "$1 $2" >&3
  answer=$(timeout 30 sh -c 'read -r line; echo "$line"' <&4)
  [ "$answer" = "$3" ] || { cat client.log; fail "the socket of $2 says '$answer' instead of '$3'"; }
}
socket open one one
for version in two three four; do
  commit sockets $version
  push_succeeds sockets
  says_not sockets.push "ended the drain"
  consistent sockets $version
  socket open $version $version
  socket ask one one
done

# Somebody is connected to each of the three beside the one that serves.
commit sockets five
push_succeeds sockets
says sockets.push "ended the drain of release 1 early: this deployment needs its place \(drain is 10m\)"
socket listen one bye
socket listen one "the end"
consistent sockets five
socket open five five
for version in two three four; do socket ask $version $version; done

# The drain of three ends by itself with its last connection: its place is taken, though that of
# two is older.
echo "close three" >&3
is_gone() { ! inside sh -c 'cat /run/hythe/containers/sockets.*/state' | grep -qx "release $1"; }
eventually 30 is_gone 3
commit sockets six
push_succeeds sockets
says_not sockets.push "ended the drain"
consistent sockets six
for version in two four five; do socket ask $version $version; done
exec 3>&-
wait $client || true

# Nobody is connected any more: the drains end by themselves.
no_leftovers sockets
