"""(b) A push with an empty build, against a push to a bare repository with an empty hook.

Both over the same sshd. What is left is hythe's own: a build container, a release, a
container, its probe, and the switch, beside the time that the app itself takes to listen.
"""
import os
import re
import statistics
import subprocess

from stopwatch import row, timed

PUSHES = 15
port, key, inside = os.environ["HYTHE_SSH_PORT"], os.environ["HYTHE_SSH_KEY"], os.environ["HYTHE_RUN"].split()
source = os.environ["WORK"] + "/source"
environment = dict(os.environ, GIT_SSH_COMMAND=f"ssh -p {port} -i {key} -o IdentitiesOnly=yes -o BatchMode=yes "
                   "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR",
                   GIT_AUTHOR_NAME="dev", GIT_AUTHOR_EMAIL="dev@example.org",
                   GIT_COMMITTER_NAME="dev", GIT_COMMITTER_EMAIL="dev@example.org")


def git(*words):
    subprocess.run(["git", "-C", source, *words], check=True, env=environment, stdout=subprocess.DEVNULL)


def on_server(script, **options):
    return subprocess.run([*inside, "sh", "-c", script], check=True, stdout=subprocess.PIPE, text=True, **options).stdout


def push(remote):
    return timed(["git", "-C", source, "push", "-q", remote, "main"], env=environment, stderr=subprocess.DEVNULL)


# The bare repository goes the same way, ssh key, hythe-shell and git's settings included; only
# its hook does nothing.
on_server("""hythe create empty && hythe create bare && cd /usr/lib/hythe/hooks && mv pre-receive real &&
printf '#!/bin/sh\ncase $PWD in */bare.git) exec cat >/dev/null ;; esac\nexec /usr/lib/hythe/hooks/real\n' >pre-receive &&
chmod 755 pre-receive""")
subprocess.run(["cp", "-r", "tests/e2e/apps/web", source], check=True)
git("init", "-q", "-b", "main")
git("remote", "add", "hythe", f"ssh://hythe@127.0.0.1:{port}/empty")
git("remote", "add", "bare", f"ssh://hythe@127.0.0.1:{port}/bare")

ours, bare = [], []
for n in range(PUSHES + 1):
    with open(source + "/version", "w") as version:
        version.write(f"{n}\n")
    git("add", "-A")
    git("commit", "-q", "-m", str(n))
    times = push("hythe"), push("bare")
    if n > 0:  # the first one also makes the app's route
        ours.append(times[0])
        bare.append(times[1])

mine = row("push to hythe", ours)
peer = row("push to a bare repository", bare)
phases = {}
for record in on_server(f"for n in $(seq 2 {PUSHES + 1}); do cat /var/lib/hythe/apps/empty/deployments/$n.yml; done").splitlines():
    if found := re.match(r"  (\w+): \"(\d+)\"", record):
        phases.setdefault(found[1], []).append(int(found[2]))
print("phases, median ms: " + "  ".join(f"{name} {statistics.median(times):.0f}" for name, times in phases.items()))
boot = statistics.median(phases["boot"]) / 1e3
print(f"ratio {mine / peer:.2f}; hythe adds {(mine - peer - boot) * 1e3:.0f} ms to a bare push and the app's own boot "
      f"({boot * 1e3:.0f} ms)")
