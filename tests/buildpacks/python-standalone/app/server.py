import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

import answer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{sys.base_prefix} {os.__file__} {answer.__file__}".encode())


HTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
