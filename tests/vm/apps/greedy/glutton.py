"""Takes what it can get, of what it is told to by a signal."""
import os
import signal


def memory(*_):
    taken = []
    while True:
        taken.append(b"1" * (1 << 20))


def processes(*_):
    while True:
        try:
            os.fork()
        except OSError:
            pass


def processors(*_):
    os.fork()
    while True:
        pass


signal.signal(signal.SIGUSR1, memory)
signal.signal(signal.SIGUSR2, processes)
signal.signal(signal.SIGHUP, processors)
print("ready", flush=True)
while True:
    signal.pause()
