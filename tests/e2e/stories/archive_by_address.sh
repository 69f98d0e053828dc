#!/bin/sh
# An archive is fetched from an address: over redirects, each hop checked, within the limits;
# never from a private network that no administrator has named, and with no secret told.
. "$(dirname "$0")/../story.sh"

new_app parcel
echo fetched >parcel/version
tar -C parcel --exclude=.git -czf parcel.tgz .
cat >server.py <<'END'
import base64, http.server, os, socketserver, sys, threading
data = open("/srv/parcel.tgz", "rb").read()
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.partition("?")[0]
        def answer(status, body=b"", **headers):
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        if path == "/parcel.tgz":
            answer(200, data)
        elif path == "/moved/parcel.tgz":
            answer(302, b"not this", Location="/again")
        elif path == "/again":
            answer(301, b"nor this", Location="http://10.97.0.2:8088/parcel.tgz")
        elif path == "/loop":
            answer(302, Location="/loop")
        elif path.startswith("/to/"):
            answer(302, Location=base64.b64decode(path[4:]).decode())
        elif path == "/secret":
            given = self.headers.get("Authorization", "")
            good = given == "Basic " + base64.b64encode(b"alice:ge:heim").decode()
            answer(200 if good and "key=schluessel" in self.path else 403, data if good else b"")
        elif path == "/large":
            self.send_response(200)  # and does not say how much
            self.end_headers()
            try:
                for _ in range(4096):
                    self.wfile.write(os.urandom(4096))
            except OSError:
                pass
        elif path == "/announced":
            self.send_response(200)
            self.send_header("Content-Length", str(1 << 40))
            self.end_headers()
        elif path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[:-100])
        elif path == "/slow":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x")
            threading.Event().wait(20)
        else:
            answer(404)
    def log_message(self, *_):
        pass
class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    allow_reuse_address = True
Server(("", 8088), Handler).serve_forever()
END
inside sh -c 'umask 022; cat >/srv/parcel.tgz' <parcel.tgz
inside sh -c 'cat >/srv/server.py' <server.py
# A host of its own, with two addresses, in a private network.
inside sh -ec 'ip netns add parcel
ip link add parcel0 type veth peer name eth0 netns parcel
ip address add 10.97.0.1/24 dev parcel0
ip link set parcel0 up
ip -n parcel address add 10.97.0.2/24 dev eth0
ip -n parcel address add 10.97.0.3/24 dev eth0
ip -n parcel link set eth0 up'
inside sh -c 'echo $$ >/srv/server.pid; exec ip netns exec parcel python3 /srv/server.py' >server.log 2>&1 &
server=$!
# shellcheck disable=SC2317 # called by the trap
clean_up() {
  inside sh -c 'kill "$(cat /srv/server.pid)"; sed -i /^10.97/d /etc/hythe/egress; ip netns delete parcel' || true
  wait $server || true
}
trap clean_up EXIT
eventually 20 inside curl -fsS -o /dev/null http://10.97.0.2:8088/parcel.tgz
at=http://10.97.0.2:8088
to() { printf '%s/to/%s' "$at" "$(printf '%s' "$1" | base64 -w 0)"; }
refused() { # refused ADDRESS WORDS
  if remote deploy parcel "'$1'" >out 2>&1; then cat out; fail "$1 was deployed"; fi
  says out "^error: .*$2"
}

# Nobody has allowed it: addresses that are this host's, or private, in whatever form.
refused $at/parcel.tgz "'10.97.0.2' is at 10.97.0.2, which is not on the internet"
says out "hint: .*open its network to apps: /etc/hythe/egress"
for host in localhost '[::1]' '[::ffff:7f00:1]' '[64:ff9b::7f00:1]' 169.254.169.254 10.0.0.1 100.64.0.1 192.168.0.1 224.0.0.1 0.0.0.0; do
  refused "http://$host:8088/parcel.tgz" "which is not on the internet"
done
for address in http://2130706433/ http://0x7f.1/ http://127.1/ 'http://a@b@c/' file:///etc/passwd ftp://h/x; do
  refused "$address" "the address of the archive"
done
hythe deployments parcel >out
[ ! -s out ] || { cat out; fail "a refusal made a deployment"; }

# Allowed: also over redirects; what a redirect leads to is looked at like the first.
inside sh -c "echo 10.97.0.0/24 >>/etc/hythe/egress"
remote deploy parcel $at/parcel.tgz --version v1 >out 2>&1 || { cat out; fail "an address"; }
says out "^Fetching http://10.97.0.2:8088/parcel.tgz$"
says out "archive v1 \(http://10.97.0.2:8088/parcel.tgz\)"
serves parcel fetched
remote deploy parcel $at/moved/parcel.tgz >out 2>&1 || { cat out; fail "over redirects"; }
says out "sha256 $(sha256sum parcel.tgz | cut -c1-64)"
for own in 10.97.0.1 127.0.0.2; do
  refused "$(to http://$own:8088/parcel.tgz)" "'$own' is at $own, which is not on the internet"
done
refused "$(to http://169.254.169.254/latest/)" "is at 169.254.169.254"
refused "$(to file:///etc/passwd)" "neither http nor https|cannot fetch|curl"
refused $at/loop "leads to another one more than 5 times"

# What comes is not what it should be.
refused $at/none "the server answered 404"
refused http://10.97.0.2:1/x "cannot fetch 'http://10.97.0.2:1/x': .*7.*"
refused $at/short "cannot fetch .*: .*18"
refused $at/announced "the archive is larger than 300 MiB, the limit"
hythe limits parcel archive_size='1 MiB' >/dev/null
refused $at/large "the archive is larger than 1 MiB, the limit"
hythe limits parcel archive_size= archive_time=2s >/dev/null
refused $at/slow "did not arrive within 2s"
hythe limits parcel archive_time= >/dev/null
[ -z "$(inside pgrep -x curl)" ] || fail "a curl goes on"

# Name and password, and a key in the query: used, and told nobody.
remote deploy parcel "'http://alice:ge%3aheim@10.97.0.2:8088/secret?key=schluessel'" >out 2>&1 || { cat out; fail "with a password"; }
{
  hythe info parcel
  hythe releases parcel
  inside sh -c 'cat /var/lib/hythe/apps/parcel/deployments/*.* /var/lib/hythe/apps/parcel/releases/*'
} >>out
says_not out "heim|schluessel|alice"
refused "http://alice:falsch@10.97.0.2:8088/secret?key=schluessel" "the server answered 403"
says_not out "falsch|schluessel"
# A redirect to elsewhere does not take the password along.
hop=$(to 'http://10.97.0.3:8088/secret?key=schluessel')
refused "http://alice:ge%3aheim@${hop#http://}" "the server answered 403"
serves parcel fetched
no_leftovers parcel
