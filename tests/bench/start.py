"""(c) The start of a container: hythe-launch run against a bare `crun run`, until its command speaks.

crun gets the very bundle that hythe makes, with an empty network. What hythe adds is its setuid
front, the request, the bundle, a network with addresses, and a look at the firewall.
"""
import json
import os
import shutil
import subprocess
import time

from stopwatch import row

RUNS = 40
BUNDLE = "/tmp/bundle"


def words(*items):
    return "".join(item + "\0" for item in items)


def make_bundle():
    """What hythe gives to crun, taken from a container that runs, with a network of its own."""
    running = "/run/hythe/containers/start.a.0"
    with open(f"{running}/config.json") as file:
        config = json.load(file)
    shutil.copytree(f"{running}/inside", f"{BUNDLE}/inside", symlinks=True)
    uid = config["process"]["user"]["uid"]
    for name in ("upper", "work"):
        os.makedirs(f"{BUNDLE}/layer/{name}")
        os.chown(f"{BUNDLE}/layer/{name}", uid, uid)
    with open(f"{BUNDLE}/inside/spec", "wb") as file:
        file.write(spec.encode())
    os.chown(f"{BUNDLE}/inside/spec", uid, uid)
    text = json.dumps(config).replace(f"{running}/inside", f"{BUNDLE}/inside").replace(f"{running}/layer", f"{BUNDLE}/layer")
    config = json.loads(text)
    config["linux"]["cgroupsPath"] = "/bare"
    for namespace in config["linux"]["namespaces"]:
        namespace.pop("path", None)
    with open(f"{BUNDLE}/config.json", "w") as file:
        json.dump(config, file)


def deploy():
    source = "/tmp/source"
    script = (f"cp -r $(dirname {__file__})/../apps/web {source} && cd {source} && echo 1 >version && "
              "git init -q -b main && git add -A && git -c user.name=d -c user.email=d@e commit -q -m 1 && "
              "hythe create start && chown -R hythe: . && "
              "setpriv --reuid hythe --regid hythe --clear-groups git -c safe.directory='*' push -q "
              "/var/lib/hythe/repos/start.git main:main && hythe deploy start")
    subprocess.run(["sh", "-c", script], check=True, stdout=subprocess.DEVNULL)


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


deploy()
# The four limits belong to the request only; the rest is what hythe-init reads inside.
command = words("2", "/bin/echo", "x", "1", "PATH=/usr/bin")
spec = words("512", "256", "0", "0", "1024", "0") + command
request = (f"{len(spec):08}\n" + spec).encode()
make_bundle()
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
