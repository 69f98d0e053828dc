"""Tells each client, in a line, the version, the container and the client's address; echoes lines."""
import os
import socketserver


class Client(socketserver.StreamRequestHandler):
    def handle(self):
        about = f"{version} {os.environ['CONTAINER']} {self.client_address[0]}\n"
        self.wfile.write(about.encode())
        for line in self.rfile:
            if line == b"die\n":
                os._exit(7)
            self.wfile.write(line)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


version = open("version", encoding="ascii").read().strip()
Server(("0.0.0.0", int(os.environ["PORT"])), Client).serve_forever()
