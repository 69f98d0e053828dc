"""The host inside the sandbox: its commands, and what an app may leave on it."""
import glob
import os
import re
import subprocess
import time

SSH = ("ssh -p 22 -i {key} -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no "
       "-o UserKnownHostsFile=/dev/null -o LogLevel=ERROR")
LONGEST = 120  # seconds that any one command may take


class Failed(Exception):
    """The promise was broken, or something was left over."""


def run(*words, check=True, **options):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=LONGEST, **options)
    if check and done.returncode != 0:
        raise Failed(f"{' '.join(words)}: exit {done.returncode}\n{done.stdout}")
    return done.stdout if check else done


def hythe(*words, **options):
    return run("hythe", *words, **options)


def eventually(what, seconds=60):
    """Looks again until `what` complains of nothing."""
    deadline = time.monotonic() + seconds
    while complaint := what():
        if time.monotonic() > deadline:
            raise Failed(complaint)
        time.sleep(0.05)


def read(path):
    with open(path) as file:
        return file.read().strip()


def names(pattern):
    return sorted(os.path.basename(path) for path in glob.glob(pattern))


def slot_of(app):
    return int(read(f"/var/lib/hythe/slots/{app}"))


class Process:
    """One of /proc. What has ended meanwhile has nothing open."""

    def __init__(self, pid):
        self.pid = pid
        self.uid = os.stat(f"/proc/{pid}").st_uid
        self.name = read(f"/proc/{pid}/comm")
        self.command = read(f"/proc/{pid}/cmdline").replace("\0", " ").strip()
        self.cgroups = read(f"/proc/{pid}/cgroup").splitlines()

    def has_open(self, pattern):
        links = [f"/proc/{self.pid}/cwd"]
        try:
            links += [f"/proc/{self.pid}/fd/{fd}" for fd in os.listdir(f"/proc/{self.pid}/fd")]
        except OSError:
            return False
        return any(re.search(pattern, target) for target in map(target_of, links))


def target_of(link):
    try:
        return os.readlink(link)
    except OSError:
        return ""


def processes():
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            yield Process(int(entry))
        except OSError:
            continue  # it has just ended


def address():
    """Of the host, other than loopback: ports of apps are not reached at that."""
    return re.search(r"inet ([0-9.]+)", run("ip", "-4", "-o", "address", "show", "scope", "global"))[1]


def live_lane(app):
    markers = names(f"/run/hythe/lanes/{app}/?")
    return markers[-1] if markers else None


def on_branch(app, path, commit="main"):
    return run("git", "-c", "safe.directory=*", "-C", f"/var/lib/hythe/repos/{app}.git", "show", f"{commit}:{path}").strip()


def shown_commit(app):
    match = re.search(r"^release .*commit ([0-9a-f]+)", hythe("info", app), re.M)
    return match and match[1]


def leftovers(app, count):
    """What is there beyond `count` containers of the lane that serves; empty when nothing is."""
    slot, lane = slot_of(app), live_lane(app)
    ids = sorted(f"{app}.{lane}.{position}" for position in range(count))
    links = sorted(f"hy{slot}{lane}{position}" for position in range(count))
    repository = f"/var/lib/hythe/repos/{app}.git"
    cgroups = {os.path.basename(path) for depth in ("*", "*/*")
               for path in glob.glob(f"/sys/fs/cgroup/{depth}/{app}.*") if "/hythe-apps.service/" in path}
    git_locks = [os.path.join(d, f) for d, _, files in os.walk(repository) for f in files
                 if f.endswith(".lock") or f.startswith("tmp_")]
    git_locks += names(f"{repository}/objects/tmp_objdir-incoming-*")
    looked_at = {
        "containers": (names(f"/run/hythe/containers/{app}.*"), ids),
        "crun's states": (names(f"/run/hythe/crun/{app}.*"), ids),
        "cgroups": (sorted(cgroups), ids),
        "links": (names(f"/sys/class/net/hy{slot}[abcdo]*"), links),
        "builds": (os.listdir(f"/var/lib/hythe/builds/{app}"), []),
        "unfinished releases": (names(f"/var/lib/hythe/releases/{app}/.*"), []),
        "caches": ([n for n in os.listdir(f"/var/lib/hythe/cache/{app}") if n != "tree"], []),
        "intents": (names(f"/var/lib/hythe/apps/{app}/pending.yml*") + names(f"/var/lib/hythe/apps/{app}/app.yml.*"), []),
        "git's own": (git_locks, []),
        "mounts": ([line for line in read("/proc/self/mountinfo").splitlines() if f"/{app}" in line], []),
        "processes": (processes_beyond(app, slot, ids), []),
    }
    for what, (found, wanted) in looked_at.items():
        if sorted(found) != sorted(wanted):
            return f"{app}: {what}: {found} instead of {wanted}"
    return ""


def leftovers_of_stopped(app):
    running = names(f"/run/hythe/containers/{app}.*")
    return f"{app}: {running} run, and it is stopped" if running else ""


def processes_beyond(app, slot, ids):
    """Those of the app that belong neither to the containers `ids` nor to their monitors."""
    out = []
    for process in processes():
        if process.uid == 1900000000 + slot:
            is_known = any(line.endswith("/" + name) for line in process.cgroups for name in ids)
        elif re.search(rf"hythe-(launch|route|container) [a-z]+ {app}( |$)", process.command):
            start = re.search(rf" start {app} \d+ ([abcd]) (\d+) ", process.command + " ")
            is_known = start and f"{app}.{start[1]}.{start[2]}" in ids
        else:
            continue
        if not is_known:
            out.append(f"{process.pid} {process.command}")
    return out
