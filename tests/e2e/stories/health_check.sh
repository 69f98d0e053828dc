#!/bin/sh
# An app with a health check gets traffic when it says that it is well, and not when it listens.
. "$(dirname "$0")/../story.sh"
new_app sound
# It answers /up with 503 for as long as the file `sick` says so, then with 200.
cat >sound/answer.py <<'END'
import http.server, os
seen = {"asked": 0}
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        code, text = 200, open("version").read()
        if self.path == "/up":
            seen["asked"] += 1
            if seen["asked"] <= int(open("sick").read()):
                code, text = 503, "no database\n"
            print("asked by", self.headers["User-Agent"], "for", self.headers["Host"], flush=True)
        self.send_response(code)
        self.end_headers()
        self.wfile.write(text.encode())
http.server.ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
END
remote settings sound health=/up health_timeout=2s >out
says out '^health=/up$'
says out '^drain=250ms  \(of the host\)$'
echo 3 >sound/sick
commit sound one
push_succeeds sound
says sound.push "web.1 accepts connections after"
says sound.push "web.1 answered 200 to GET /up after"
consistent sound one
hythe logs sound >out
says out "web.1: asked by hythe/[0-9.]+ for sound\.$HYTHE_BASE_DOMAIN"
hythe info sound >out
says out "^settings +health=/up health_timeout=2s"

echo 1000000 >sound/sick
commit sound two
push_fails sound
says sound.push "web.1 did not pass its health check within 4"
says sound.push "GET /up was answered with status 503: 'no database', expected is 200-399"
says sound.push "timeout-error"
consistent sound one
no_leftovers sound

# 503 may be what is expected; and without a check, listening is enough.
hythe settings sound health_status=503 >/dev/null
push_succeeds sound
consistent sound two
hythe settings sound health= health_status= >out
says out '^health=off  \(of the host\)$'
commit sound three
push_succeeds sound
says_not sound.push "GET /up"
consistent sound three
no_leftovers sound
for wrong in health=up drain=2h watch=1d health_status=20 speed=1 watch; do
  if remote settings sound "$wrong" >out 2>&1; then fail "$wrong was accepted"; fi
done
