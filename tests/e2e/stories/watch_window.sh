#!/bin/sh
# While a new release is watched, nothing is final: when it crashes, or answers more errors than
# the one before, traffic goes back by itself and git moves no branch.
. "$(dirname "$0")/../story.sh"
new_app seen
cat >seen/answer.py <<'END'
import http.server, os
kind = open("kind").read().strip()
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        if self.path == "/crash" and kind == "brittle":
            os._exit(7)
        body = open("version").read().encode()
        self.send_response(500 if kind == "sick" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
http.server.ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
END
echo well >seen/kind
commit seen one
push_succeeds seen
remote settings seen watch=3s watch_errors=20 >out
says out '^watch=3s$'

# A release that is well becomes final at the end of the window.
commit seen two
push_succeeds seen
says seen.push "-----> Watching for 3s"
says seen.push "watch +3\.[0-9]+"
consistent seen two

watched() { hythe deployments seen | head -1 | grep -q starting && grep -q "Watching for" seen.push; }
visitors() { # until they are told to end, with the statuses that they got
  while [ ! -e "$1" ]; do
    curl -s -m 20 -o /dev/null -w '%{http_code}\n' -H "Host: seen.$HYTHE_BASE_DOMAIN" \
      "http://127.0.0.1:$HYTHE_HTTP_PORT/"
  done >>statuses
}
hythe settings seen watch=60s >/dev/null
visitors enough & visitors enough &
echo sick >seen/kind
commit seen three
push_fails seen
touch enough
says seen.push "responses were 5xx(, more than 20%)?, and 0 of [1-9][0-9]* in as long before: traffic went back"
says seen.push "crashed-error"
hythe deployments seen >out
says out "crashed-error"
[ "$(sort -u statuses | tr '\n' ' ')" = "200 500 " ] || { sort statuses | uniq -c; fail "a request was lost"; }
consistent seen two
no_leftovers seen
wait

# Of an app that hardly anybody asks, a few responses are enough when all of them are errors.
commit seen three-again
push seen & pusher=$!
eventually 60 watched
for _ in 1 2 3 4 5; do get seen >/dev/null; done
if wait $pusher; then fail "a release that answers nothing but errors was accepted"; fi
says seen.push "5 of 5 responses were 5xx, and 0 of [0-9]+ in as long before: traffic went back"
consistent seen two
no_leftovers seen

# A container that ends in the window.
echo brittle >seen/kind
commit seen four
push seen & pusher=$!
eventually 60 watched
get seen crash >/dev/null 2>&1 || true
if wait $pusher; then fail "a release that crashed was accepted"; fi
says seen.push "web.1 exited with code 7 after its start, while it was watched: traffic went back"
consistent seen two
no_leftovers seen

# What kills a deployment in its window, or cancels it, takes traffic back.
echo well >seen/kind
commit seen five
push seen & pusher=$!
eventually 60 watched
serves seen five
inside pkill -9 -x hythe-deploy
if wait $pusher; then fail "a killed deployment was accepted"; fi
eventually 60 serves seen two
no_leftovers seen
consistent seen two
$GIT_SSH_COMMAND hythe@127.0.0.1 env seen set A=1 >out 2>&1 & pusher=$!
eventually 60 grep -q "Watching for" out
kill $pusher
wait $pusher || true
cancelled() { hythe deployments seen | head -1 | grep -q aborted; }
eventually 60 cancelled
if hythe env seen get A >out 2>&1; then fail "a cancelled change was kept"; fi
no_leftovers seen
consistent seen two

# An app that answered as many errors before is not kept from being mended.
hythe settings seen watch=off >/dev/null
echo sick >seen/kind
commit seen six
push_succeeds seen
hythe settings seen watch=3s >/dev/null
rm -f enough statuses
visitors enough & visitors enough &
have_asked() { [ "$(wc -l <statuses)" -ge 25 ]; } # of which it is known how bad it was
eventually 60 have_asked
commit seen seven
push_succeeds seen
touch enough
wait
says seen.push "[1-9][0-9]* of [1-9][0-9]* responses were 5xx"
consistent seen seven
no_leftovers seen
