"""(c) The start of a container: hythe-launch run against a bare `crun run`, both of /bin/true.

crun's bundle is what `crun spec` makes, on the host's own file system; hythe's has a network,
limits, a seccomp filter and an overlay besides.
"""
import json
import os
import subprocess

from stopwatch import row, timed

RUNS = 40
BUNDLE = "/tmp/bundle"


def words(*items):
    return "".join(item + "\0" for item in items)


def make_bundle():
    for name in ("rootfs/usr", "rootfs/proc", "rootfs/dev", "rootfs/sys"):
        os.makedirs(f"{BUNDLE}/{name}")
    for link in ("bin", "lib", "lib64", "sbin"):
        os.symlink(f"usr/{link}", f"{BUNDLE}/rootfs/{link}")
    subprocess.run(["crun", "spec"], cwd=BUNDLE, check=True)
    with open(f"{BUNDLE}/config.json") as file:
        config = json.load(file)
    config["process"].update(args=["/bin/true"], terminal=False)
    config["root"].update(path="rootfs", readonly=True)
    config["mounts"] = [m for m in config["mounts"] if m["type"] in ("proc", "tmpfs")]
    config["mounts"].append({"destination": "/usr", "type": "bind", "source": "/usr", "options": ["bind", "ro"]})
    config["linux"]["cgroupsPath"] = "/bare"
    config["linux"]["namespaces"] = [n for n in config["linux"]["namespaces"] if n["type"] != "cgroup"]
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


make_bundle()
deploy()
spec = words("512", "256", "0", "0", "1", "/bin/true", "1", "PATH=/usr/bin")
request = (f"{len(spec):08}\n" + spec).encode()
ours, bare = [], []
for n in range(RUNS + 3):
    pair = (timed(["/usr/lib/hythe/helpers/hythe-launch", "run", "start", "1", "run.1"], input=request),
            timed(["crun", "--cgroup-manager=cgroupfs", "run", "--bundle", BUNDLE, "bare"], stdin=subprocess.DEVNULL))
    if n >= 3:
        ours.append(pair[0])
        bare.append(pair[1])
mine = row("hythe-launch run … /bin/true", ours)
peer = row("crun run … /bin/true", bare)
print(f"ratio {mine / peer:.2f}")
