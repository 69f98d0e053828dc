#!/usr/bin/env python3
"""Clients of an app that echoes lines (apps/tcp), inside the sandbox.

tcp_clients.py ADDRESS PORT once          one connection: prints what the server said
tcp_clients.py ADDRESS PORT hold          one that stays until stdin ends; says when it is there
tcp_clients.py ADDRESS PORT load FROM     until stdin ends: short connections one after the other,
                                          beside four that stay and talk all the time, have an
                                          address of their own, FROM, and come back from the same
                                          port when they are cut off
tcp_clients.py ADDRESS PORT crash CHAIN   kills one of two containers, and is refused by nobody once
                                          the nftables chain leads to the other alone
"""
import json
import socket
import subprocess
import sys
import threading
import time

ADDRESS, PORT, WHAT = sys.argv[1], int(sys.argv[2]), sys.argv[3]
PATIENCE = 10


class Connection:
    def __init__(self, source=None):
        self.socket = socket.create_connection((ADDRESS, PORT), timeout=PATIENCE, source_address=source)
        self.source = self.socket.getsockname()
        self.file = self.socket.makefile("rwb")
        self.version, self.container, self.address = self.file.readline().decode().split()

    def say(self, line):
        self.file.write(line)
        self.file.flush()

    def echo(self, line=b"hello\n"):
        self.say(line)
        answer = self.file.readline()
        if answer != line:
            raise ConnectionError(f"{answer!r} instead of {line!r}")

    def close(self):
        try:
            self.file.close()
        except OSError:
            pass  # what was not sent any more
        self.socket.close()


def short():
    connection = Connection()
    connection.echo()
    connection.close()
    return connection


def load():
    over = threading.Event()
    seen = {"short": 0, "failed": [], "long_ends": [], "back": 0, "versions": set(), "containers": set(), "addresses": set()}

    def be_short():
        while not over.is_set():
            try:
                one = short()
                seen["short"] += 1
                for what in ("version", "container"):
                    seen[what + "s"].add(getattr(one, what))
                seen["addresses"].add(one.address)
            except (OSError, ValueError) as error:
                seen["failed"].append(repr(error))

    def be_long(connection):
        try:
            while not over.is_set():
                connection.echo()
            return
        except socket.timeout:
            seen["long_ends"].append("hung")
        except OSError:
            seen["long_ends"].append("ended")
        connection.close()
        # At once the kernel may still take it for the old connection, but not for long.
        until = time.monotonic() + PATIENCE / 2
        while time.monotonic() < until:
            try:
                Connection(connection.source).close()
                seen["back"] += 1
                return
            except (OSError, ValueError):
                pass

    long_ones = [Connection((sys.argv[4], 0)) for _ in range(4)]
    threads = [threading.Thread(target=be_long, args=(one,)) for one in long_ones]
    threads += [threading.Thread(target=be_short) for _ in range(4)]
    for thread in threads:
        thread.start()
    print("ready", flush=True)
    sys.stdin.read()
    over.set()
    for thread in threads:
        thread.join()
    print(json.dumps({key: sorted(value) if isinstance(value, set) else value for key, value in seen.items()}))


def crash(chain):
    def targets():
        listing = subprocess.run(["nft", "list", "chain", "ip", "hythe_tcp", chain], capture_output=True, check=True)
        return listing.stdout.count(b"10.214.")

    assert targets() == 2
    victim = Connection()
    victim.say(b"die\n")
    assert victim.file.readline() == b"", "its clients are told"
    while targets() != 1:
        pass  # the story's own deadline ends this
    alone = 0
    while targets() != 2:
        one = short()
        if targets() == 1:  # and was before: it is not back yet
            assert one.container != victim.container
            alone += 1
    assert alone > 0
    seen = set()
    while len(seen) < 2:
        seen.add(short().container)


if WHAT == "once":
    one = short()
    print(one.version, one.container, one.address)
elif WHAT == "hold":
    held = Connection()
    print(held.version, flush=True)
    sys.stdin.read()
elif WHAT == "load":
    load()
else:
    crash(sys.argv[4])
