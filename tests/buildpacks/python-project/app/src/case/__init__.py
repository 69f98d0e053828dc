import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import version

import answer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"case {version('case')} of {__file__}, {answer.NAME}".encode())


def main():
    HTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
