"""(d) 50 containers of 10 apps after a reboot: hythe restore against `crun run --detach` of the same.

crun gets the bundles that hythe makes, as many at once as hythe starts. What hythe adds is a
deployment with its record, a network with addresses, a monitor that stays, and nginx's traffic.
Then the memory of what stays: each container's monitor and init, shared pages by their share.
"""
import glob
import os
import re
import shutil
import statistics
import subprocess
import sys

from bundle import make_bundle
from deployed import deploy
from stopwatch import row, timed

APPS = [f"app{n}" for n in range(10)]
EACH = 5
ROUNDS = 5
GOAL_KIB = 2048


def reboot():
    """Everything is killed, and /run is as a boot leaves it."""
    subprocess.run(["pkill", "-9", "-f", "^/usr/lib/hythe/helpers/hythe-container "], check=False)
    for state in glob.glob("/run/hythe/crun/*"):
        subprocess.run(["crun", "--root", "/run/hythe/crun", "delete", "--force", os.path.basename(state)], check=False,
                       stderr=subprocess.DEVNULL)
    for path in glob.glob("/run/hythe/lanes/*") + glob.glob("/run/hythe/containers/*"):
        shutil.rmtree(path)
    # The kernel takes its time to end so many networks, and a new one would wait for that.
    while [link for link in os.listdir("/sys/class/net") if link.startswith("hy")]:
        pass


def make_bundles(directory):
    words = "".join(word + "\0" for word in ("512", "256", "0", "0", "1024", "0", "2", "/bin/sleep", "1000", "1", "PATH=/usr/bin"))
    for n in range(len(APPS) * EACH):
        make_bundle("app0.a.0", words, f"{directory}/{n}", f"/bare{n}")


def start_bare(bundles):
    """The seconds of 50 crun; they are gone when this returns."""
    at_once = str(os.cpu_count())
    script = "seq 0 {} | xargs -P {} -I N crun --cgroup-manager=cgroupfs run --detach --bundle {}/N bareN"
    seconds = timed(["sh", "-c", script.format(len(APPS) * EACH - 1, at_once, bundles)], stdin=subprocess.DEVNULL)
    for n in range(len(APPS) * EACH):
        subprocess.run(["crun", "delete", "--force", f"bare{n}"], check=True)
    return seconds


def share_kib(pid):
    """Of a process, shared pages by their share (proc(5), smaps_rollup: Pss)."""
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return int(re.search(r"^Pss: +(\d+)", file.read(), re.M)[1])


def pids(pattern):
    return subprocess.run(["pgrep", "-f", pattern], check=False, stdout=subprocess.PIPE, text=True).stdout.split()


for app in APPS:
    deploy(app)
for n in range(ROUNDS):
    make_bundles(f"/tmp/bundles-{n}")  # each is for once: hythe-init takes its spec away
for app in APPS:
    subprocess.run(["hythe", "scale", app, f"web={EACH}"], check=True, stdout=subprocess.DEVNULL)
ours, bare = [], []
for n in range(ROUNDS):
    reboot()
    ours.append(timed(["hythe", "restore"]))
    bare.append(start_bare(f"/tmp/bundles-{n}"))
mine = row("hythe restore, 50 containers", ours)
peer = row("50 times crun run --detach", bare)
print(f"ratio {mine / peer:.2f}")

monitors = [share_kib(pid) for pid in pids("^/usr/lib/hythe/helpers/hythe-container start ")]
inits = [share_kib(pid) for pid in pids(r"^/\.hythe/init")]
others = [pid for pid in pids("hythe") if int(pid) != os.getpid()
          and os.path.basename(os.readlink(f"/proc/{pid}/exe")) not in ("hythe-container", "init", "hythe-init")
          and os.path.basename(os.readlink(f"/proc/{pid}/exe")).startswith("hythe")]
each = statistics.median(monitors) + statistics.median(inits)
print(f"memory per idle container: {each:.0f} KiB (monitor {statistics.median(monitors):.0f}, "
      f"init {statistics.median(inits):.0f}) of {len(monitors)} containers; goal {GOAL_KIB}")
print(f"resident besides: {len(others)} processes")
sys.exit(0 if each <= GOAL_KIB and not others else 1)
