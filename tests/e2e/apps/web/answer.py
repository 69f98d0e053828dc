"""Answers every request with the text of the file `version`, over kept-alive connections."""
import http.server
import os
import signal
import socketserver
import sys
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/env":
            text = "".join(f"{k}={v}\n" for k, v in sorted(os.environ.items()))
        elif self.path == "/crash":
            os._exit(7)
        else:
            text = open("version").read()
        body = text.encode("utf-8", "surrogateescape")
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 512


server = Server(("0.0.0.0", int(os.environ["PORT"])), Handler)


def stop(*_):
    print("stopping", flush=True)
    threading.Thread(target=server.shutdown).start()


signal.signal(signal.SIGTERM, stop)
print("listening", flush=True)
server.serve_forever()
sys.exit(0)
