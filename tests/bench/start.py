"""(c) The start of a container: hythe-launch run against a bare `crun run`, until its command speaks.

crun gets the very bundle that hythe makes, with an empty network. What hythe adds is its setuid
front, the request, the bundle, a network with addresses, and a look at the firewall.
"""
import subprocess
import time

from bundle import make_bundle
from deployed import deploy
from stopwatch import row

RUNS = 40
BUNDLE = "/tmp/bundle"


def words(*items):
    return "".join(item + "\0" for item in items)


def until_it_speaks(command, request):
    time.sleep(0.2)  # the kernel still ends the last one's network, and a new one waits for that
    began = time.perf_counter()
    container = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    container.stdin.write(request)
    container.stdin.close()
    assert container.stdout.read(1) == b"x"
    seconds = time.perf_counter() - began
    assert container.wait() == 0
    return seconds


deploy("start")
# The four limits belong to the request only; the rest is what hythe-init reads inside.
command = words("2", "/bin/echo", "x", "1", "PATH=/usr/bin")
spec = words("512", "256", "0", "0") + command
request = (f"{len(spec):08}\n" + spec).encode()
make_bundle("start.a.0", spec, BUNDLE, "/bare")
ours, bare = [], []
for n in range(RUNS + 3):
    pair = (until_it_speaks(["/usr/lib/hythe/helpers/hythe-launch", "run", "start", "1", "run.1"], request),
            until_it_speaks(["crun", "--cgroup-manager=cgroupfs", "run", "--bundle", BUNDLE, "bare"], b""))
    if n >= 3:
        ours.append(pair[0])
        bare.append(pair[1])
mine = row("hythe-launch run … echo", ours)
peer = row("crun run … echo", bare)
print(f"ratio {mine / peer:.2f}")
