"""A forge for tests, as GitHub and GitLab document themselves: git over https behind a token,
commit statuses, and what CI says of a commit. server.py DIRECTORY ADDRESS

DIRECTORY/token        what opens it (any user; Basic, "token", "Bearer" or PRIVATE-TOKEN)
DIRECTORY/NAME.git     repositories at /NAME.git
DIRECTORY/statuses     a line for every status that was reported: forge, commit, state, text, URL
DIRECTORY/asked        a line for every question to the API: its path
DIRECTORY/ci           what CI says of every commit: success, failure, pending; none when empty
DIRECTORY/ci.more      how many others are successful, and are told before it
DIRECTORY/suites       further check suites, a line each: app, status, conclusion, count of runs
DIRECTORY/dumb         while it is there, repositories are nothing but files
DIRECTORY/gate         while it is there, /gate says 503: a build can wait for its end
DIRECTORY/slow         while it is there, the API does not answer
DIRECTORY/drip         while it is there, it answers with a blank now and then, without an end;
DIRECTORY/dripped      a line for each of those that somebody had enough of
"""
import base64
import http.server
import json
import os
import re
import socketserver
import ssl
import subprocess
import sys
import time

DIRECTORY, ADDRESS = sys.argv[1], sys.argv[2]


def read(name, default=""):
    try:
        with open(os.path.join(DIRECTORY, name)) as file:
            return file.read().strip()
    except FileNotFoundError:
        return default


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def is_allowed(self):
        scheme, _, value = self.headers.get("Authorization", "").partition(" ")
        if scheme == "Basic":
            value = base64.b64decode(value).decode().partition(":")[2]
        value = value or self.headers.get("PRIVATE-TOKEN", "")
        return value == read("token")

    def answer(self, code, body=b"", kind="application/json", headers=()):
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def body(self):
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            parts = []
            while size := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def serve_file(self, path):
        try:
            with open(os.path.join(DIRECTORY, path.lstrip("/")), "rb") as file:
                return self.answer(200, file.read(), "text/plain")
        except OSError:
            return self.answer(404)

    def serve_git(self):
        path, _, query = self.path.partition("?")
        body = self.body()
        if os.path.exists(os.path.join(DIRECTORY, "dumb")):
            return self.serve_file(path)
        environment = {
            "PATH": "/usr/bin:/bin",
            "GIT_PROJECT_ROOT": DIRECTORY,
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "HTTP_GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_USER": "hythe",
        }
        out = subprocess.run(
            ["/usr/lib/git-core/git-http-backend"],
            input=body,
            env=environment,
            stdout=subprocess.PIPE,
            check=False,
        ).stdout
        head, _, content = out.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if line)
        code = int(headers.pop("Status", "200").split()[0])
        self.answer(code, content, headers.pop("Content-Type", "text/plain"), headers.items())

    def serve_api(self):
        body = self.body()
        with open(os.path.join(DIRECTORY, "asked"), "a") as file:
            file.write(self.path + "\n")
        while os.path.exists(os.path.join(DIRECTORY, "slow")):
            time.sleep(0.05)
        if os.path.exists(os.path.join(DIRECTORY, "drip")):
            return self.drip()
        if not self.is_allowed():
            return self.answer(401, b'{"message": "Bad credentials"}')
        github = re.fullmatch(r"/api/v3/repos/([^/]+/[^/]+)/(.*)", self.path)
        gitlab = re.fullmatch(r"/api/v4/projects/([^/]+)/(.*)", self.path)
        if github:
            return self.serve_github(github[2], body)
        if gitlab and "%2F" in gitlab[1]:
            return self.serve_gitlab(gitlab[2], body)
        return self.answer(404, b'{"message": "Not Found"}')

    def drip(self):
        self.close_connection = True
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
            while True:
                self.wfile.write(b" ")
                time.sleep(0.2)
        except OSError:
            with open(os.path.join(DIRECTORY, "dripped"), "a") as file:
                file.write(self.path + "\n")

    # docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api,
    # docs.gitlab.com/api/rest/#pagination
    def page_of(self, items):
        path, _, query = self.path.partition("?")
        asked = dict(word.split("=") for word in query.split("&") if word)
        size, page = min(int(asked.get("per_page", "30")), 100), int(asked.get("page", "1"))
        links = []
        if page * size < len(items):
            next_page = f"https://forge.test{path}?per_page={size}&page={page + 1}"
            links.append(("Link", f'<{next_page}>; rel="next", <{next_page}>; rel="last"'))
        return items[(page - 1) * size : page * size], links

    def note(self, forge, commit, state, text, url):
        with open(os.path.join(DIRECTORY, "statuses"), "a") as file:
            file.write(f"{forge} {commit} {state} {text} {url}\n")

    # docs.github.com/rest/commits/statuses, /checks/runs, /checks/suites
    def serve_github(self, what, body):
        reported = re.fullmatch(r"statuses/([0-9a-f]{40})", what)
        if self.command == "POST" and reported:
            given = json.loads(body)
            assert re.fullmatch("hythe(/[a-z0-9-]+)?", given["context"]) and len(given["description"]) <= 140
            state = given["state"]
            assert state in ("error", "failure", "pending", "success")
            url = given.get("target_url", "")
            self.note("github", reported[1], state, given["description"], url)
            return self.answer(201, json.dumps({"id": 1, "state": state}).encode())
        ci = read("ci")
        if re.fullmatch(r"commits/[0-9a-f]{40}/status(\?.*)?", what):
            statuses = [{"context": "hythe", "state": "pending"}]
            if ci:
                statuses.append({"context": "ci/test", "state": ci})
            page, links = self.page_of(statuses)
            answer = {"state": "pending", "statuses": page, "total_count": len(statuses)}
            return self.answer(200, json.dumps(answer).encode(), headers=links)
        if re.fullmatch(r"commits/[0-9a-f]{40}/check-suites(\?.*)?", what):
            suites = []
            for line in read("suites").splitlines():
                slug, status, conclusion, count = line.split()
                suites.append(
                    {
                        "app": {"slug": slug},
                        "status": status,
                        "conclusion": None if conclusion == "-" else conclusion,
                        "latest_check_runs_count": int(count),
                    }
                )
            page, links = self.page_of(suites)
            answer = {"total_count": len(suites), "check_suites": page}
            return self.answer(200, json.dumps(answer).encode(), headers=links)
        if re.fullmatch(r"commits/[0-9a-f]{40}/check-runs(\?.*)?", what):
            done = {"status": "completed", "conclusion": "success"}
            runs = [{"name": f"unit {i}", **done} for i in range(int(read("ci.more", "0")))]
            if ci:
                done = ci != "pending"
                runs.append(
                    {
                        "name": "unit",
                        "status": "completed" if done else "in_progress",
                        "conclusion": ci if done else None,
                    }
                )
            page, links = self.page_of(runs)
            answer = {"total_count": len(runs), "check_runs": page}
            return self.answer(200, json.dumps(answer).encode(), headers=links)
        return self.answer(404, b'{"message": "Not Found"}')

    # docs.gitlab.com/api/commits
    def serve_gitlab(self, what, body):
        reported = re.fullmatch(r"statuses/([0-9a-f]{40})", what)
        if self.command == "POST" and reported:
            given = json.loads(body)
            assert re.fullmatch("hythe(/[a-z0-9-]+)?", given["name"])
            state = given["state"]
            assert state in ("pending", "running", "success", "failed", "canceled")
            url = given.get("target_url", "")
            self.note("gitlab", reported[1], state, given["description"], url)
            return self.answer(201, json.dumps({"id": 1, "status": state}).encode())
        if re.fullmatch(r"repository/commits/[0-9a-f]{40}/statuses(\?.*)?", what):
            ci = read("ci").replace("failure", "failed")
            statuses = [{"name": "hythe", "status": "running", "allow_failure": False}]
            for i in range(int(read("ci.more", "0"))):
                name = f"unit {i}"
                statuses.append({"name": name, "status": "success", "allow_failure": False})
            if ci:
                statuses.append({"name": "unit", "status": ci, "allow_failure": False})
            page, links = self.page_of(statuses)
            return self.answer(200, json.dumps(page).encode(), headers=links)
        return self.answer(404, b'{"message": "404 Not Found"}')

    def handle_any(self):
        if self.path == "/gate":
            is_shut = os.path.exists(os.path.join(DIRECTORY, "gate"))
            return self.answer(503 if is_shut else 204)
        if self.path.startswith("/api/"):
            return self.serve_api()
        if not self.is_allowed():
            self.body()
            return self.answer(401, headers=[("WWW-Authenticate", 'Basic realm="forge"')])
        return self.serve_git()

    do_GET = do_POST = handle_any

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True


server = Server((ADDRESS, 443), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(f"{DIRECTORY}/certificate", f"{DIRECTORY}/certificate.key")
server.socket = context.wrap_socket(server.socket, server_side=True)
with open(f"{DIRECTORY}/pid.https", "w") as file:
    file.write(str(os.getpid()))
server.serve_forever()
