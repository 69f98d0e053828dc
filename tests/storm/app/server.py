"""Answers every request with the version and the mark, over kept-alive connections."""
import signal
import socket
import sys
import threading

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("0.0.0.0", int(sys.argv[1])))
listener.listen(128)
body = (open("version").read().strip() + " " + sys.argv[2]).encode()
answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def serve(client):
    pending = b""
    while received := client.recv(65536):
        pending += received
        while (end := pending.find(b"\r\n\r\n")) >= 0:  # requests without a body
            pending = pending[end + 4 :]
            client.sendall(answer)
    client.close()


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
while True:
    threading.Thread(target=serve, args=listener.accept()[:1], daemon=True).start()
