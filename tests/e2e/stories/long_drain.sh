#!/bin/sh
# An app with a long drain: a websocket outlives the deployments after it, until one needs its
# place, and says so.
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

mkfifo to from
cat >client.py <<'END'
import socket, sys
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 30)
s.sendall(f"GET /socket HTTP/1.1\r\nHost: {sys.argv[2]}\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n".encode())
f = s.makefile("rb")
while f.readline() not in (b"\r\n", b""):
    pass
while True:
    order = sys.stdin.readline()
    if order == "ask\n":
        s.sendall(b"x")
    elif order != "listen\n":
        break
    print((f.readline() or b"the end\n").decode(), end="", flush=True)
END
python3 client.py "$HYTHE_HTTP_PORT" "sockets.$HYTHE_BASE_DOMAIN" <to >from 2>client.log & client=$!
exec 3>to 4<from
ask() {
  echo "$1" >&3
  answer=$(timeout 30 sh -c 'read -r line; echo "$line"' <&4)
  [ "$answer" = "$2" ] || { cat client.log; fail "the socket says '$answer' instead of '$2'"; }
}
ask ask one
for version in two three; do
  commit sockets $version
  push_succeeds sockets
  says_not sockets.push "ended the drain"
  consistent sockets $version
  ask ask one
done
commit sockets four
push_succeeds sockets
says sockets.push "ended the drain of release 1 early: this deployment needs its place \(drain is 10m\)"
ask listen bye
ask listen "the end"
consistent sockets four
exec 3>&-
wait $client || true

# The others have no connection left: their drains end by themselves.
no_leftovers sockets
