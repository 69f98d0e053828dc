"""(d) A rollback, beside the app's own boot: against `hythe deploy`, which builds the same again.

Both replace what serves by the other of two releases. A rollback has no build and no network;
what is left is a container, its probe, and the switch.
"""
import re
import statistics
import subprocess

from stopwatch import row, timed

ROLLBACKS = 15
SOURCE = "/tmp/back"


def shell(script):
    subprocess.run(["sh", "-c", script], check=True, stdout=subprocess.DEVNULL)


def push(version):
    git = "git -c safe.directory='*' -c user.name=d -c user.email=d@e"
    shell(f"cd {SOURCE} && echo {version} >version && {git} add -A && {git} commit -q -m {version} && chown -R hythe: . && "
          f"HOME={SOURCE} setpriv --reuid hythe --regid hythe --clear-groups {git} push -q /var/lib/hythe/repos/back.git main:main")


def phases_of(trigger):
    """The phases of the newest successful deployments of that trigger, in ms."""
    listed = subprocess.run(["hythe", "deployments", "back"], check=True, stdout=subprocess.PIPE, text=True).stdout
    numbers = re.findall(rf"^ *(\d+) +success +{trigger} ", listed, re.M)
    phases = {}
    for number in numbers:
        with open(f"/var/lib/hythe/apps/back/deployments/{number}.yml") as record:
            for name, took in re.findall(r'^  (\w+): "(\d+)"$', record.read(), re.M):
                phases.setdefault(name, []).append(int(took))
    return phases


shell(f"cp -r $(dirname {__file__})/../apps/web {SOURCE} && cd {SOURCE} && git init -q -b main && hythe create back")
for version in range(3):  # each also writes the text of a lane
    push(version)
    shell("hythe deploy back")
builds, rollbacks = [], []
for n in range(ROLLBACKS):
    rollbacks.append(timed(["hythe", "rollback", "back"]))
    builds.append(timed(["hythe", "deploy", "back"]))
mine = row("hythe rollback", rollbacks)
peer = row("hythe deploy, which builds", builds)
phases = phases_of("rollback")
print("phases, median ms: " + "  ".join(f"{name} {statistics.median(times):.0f}" for name, times in phases.items()))
boot = statistics.median(phases["boot"]) / 1e3
print(f"ratio {mine / peer:.2f}; a rollback takes {(mine - boot) * 1e3:.0f} ms beside the app's own boot ({boot * 1e3:.0f} ms)")
