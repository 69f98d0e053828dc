import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = answer().encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)


def answer():
    return f"plain {sys.prefix} {os.environ['PYTHONUNBUFFERED']} {os.environ['WEB_CONCURRENCY']}"


if __name__ == "__main__":
    HTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
