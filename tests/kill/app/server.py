"""Answers every request with the text of the file `version`, and a mark if it was given one;
starts as fast as python can."""
import socket
import sys

listener = socket.socket()
listener.bind(("0.0.0.0", int(sys.argv[1])))
listener.listen(64)
body = " ".join([open("version").read().strip(), *sys.argv[2:]]).strip().encode()
answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body
while True:
    client, _ = listener.accept()
    if client.recv(65536):  # a probe only connects; a request comes in one piece
        client.sendall(answer)
    client.close()
