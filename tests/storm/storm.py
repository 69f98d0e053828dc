"""Random steps against three apps, and the promise after each round. See run."""
import argparse
import collections
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import host
from clients import Clients
from host import Failed, eventually, hythe

HERE = os.path.dirname(os.path.abspath(__file__))
APPS = ("red", "green", "blue")
CLIENTS = 2  # of each app
KEPT = 5  # releases
GIT = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1",
           GIT_AUTHOR_NAME="dev", GIT_AUTHOR_EMAIL="dev@example.org",
           GIT_COMMITTER_NAME="dev", GIT_COMMITTER_EMAIL="dev@example.org")


class App:
    """An app, its source, its clients, and what should be true of it."""

    def __init__(self, name, directory, domain):
        self.name, self.source = name, f"{directory}/{name}"
        self.count = 0  # versions made
        self.version = self.branch = ""
        self.mark = "0"
        self.formation = {"web": 1, "tcp": 1, "worker": 0}
        self.releases = collections.OrderedDict()  # number → version, of those that are kept
        hythe("create", name)
        hythe("env", name, "set", "MARK=0")
        shutil.copytree(f"{HERE}/app", self.source)
        self.git("init", "-q", "-b", "main")
        self.git("remote", "add", "hythe", f"ssh://hythe@127.0.0.1:22/{name}")
        self.domain = f"{name}.{domain}"
        self.clients = []
        self.good_push(random)
        port = int(hythe("tcp", name).strip().rpartition(":")[2])
        self.clients = [Clients(self.domain, CLIENTS), Clients(self.domain, CLIENTS, (host.address(), port))]
        self.serves(self.version)

    def allow(self, *answers):
        for clients in self.clients:
            clients.allow(*answers)

    def pause(self):
        for clients in self.clients:
            clients.pause()

    # --- what should be true ------------------------------------------------------------
    def answer(self, version=None, mark=None):
        return f"{version or self.version} {mark or self.mark}"

    def check(self):
        eventually(self.wrong_answer, 30)
        if (branch := host.on_branch(self.name, "version")) != self.branch:
            raise Failed(f"{self.name}: the branch says {branch} instead of {self.branch}")
        shown = host.on_branch(self.name, "version", host.shown_commit(self.name))
        if shown != self.version:
            raise Failed(f"{self.name}: info shows {shown} instead of {self.version}")
        eventually(lambda: host.leftovers(self.name, sum(self.formation.values())))
        for clients in self.clients:
            if clients.failures:
                raise Failed(f"{self.name} at {clients.address}: requests failed: "
                             f"{collections.Counter(clients.failures).most_common(3)}")
        done = hythe("doctor", self.name, check=False)
        if done.returncode != 0:
            raise Failed(done.stdout)

    def wrong_answer(self):
        for address, port in (clients.address for clients in self.clients):
            done = host.run("curl", "-sS", "-m", "10", "-H", f"Host: {self.domain}", f"http://{address}:{port}/", check=False)
            if done.stdout != self.answer():
                return f"{self.name} answers {done.stdout!r} at {address}:{port} instead of {self.answer()!r}"
        return ""

    def serves(self, version=None, mark=None):
        """From here on this is what serves."""
        self.version, self.mark = version or self.version, mark or self.mark
        self.allow(self.answer())
        number = int(re.search(r"^release +(\d+)", hythe("info", self.name), re.M)[1])
        self.releases.setdefault(number, self.version)
        while len(self.releases) > KEPT:
            self.releases.popitem(last=False)

    # --- how it is changed ----------------------------------------------------------------
    def git(self, *words):
        return host.run("git", "-C", self.source, *words, env=GIT)

    def prepare(self, **scripts):
        """Commits a version whose scripts do what is said."""
        self.count += 1
        version = f"{self.name}-{self.count}"
        for name in ("build", "boot", "worker", "postdeploy"):
            with open(f"{self.source}/{name}.sh", "w") as file:
                file.write(scripts.get(name, ":") + "\n")
        with open(f"{self.source}/version", "w") as file:
            file.write(version + "\n")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", version)
        return version

    def begin_push(self, *options):
        return subprocess.Popen(["git", "-C", self.source, "push", *options, "hythe", "main"], env=GIT, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)

    def end_push(self, push, is_to_succeed):
        output, _ = push.communicate(timeout=host.LONGEST)
        if (push.returncode == 0) != is_to_succeed:
            raise Failed(f"{self.name}: the push ended with {push.returncode}\n{output}")

    def good_push(self, _):
        version = self.prepare()
        if self.version:  # nobody asks for an app that does not serve yet
            self.allow(self.answer(), self.answer(version))
        self.end_push(self.begin_push(), True)
        self.branch = version
        self.serves(version)

    def broken_push(self, dice):
        where = dice.choice([w for w in ("build", "boot", "postdeploy", "worker") if w != "worker" or self.formation["worker"]])
        self.prepare(**{where: "exit 3"})
        self.end_push(self.begin_push(), False)
        return where

    def hold_push(self, dice, stages):
        """A push that waits in a stage, and its name."""
        stage = dice.choice(stages)
        self.prepare(**{stage: f"echo {stage} waits; sleep 1000"})
        push = self.begin_push()
        log = f"/var/lib/hythe/apps/{self.name}/deployments"

        def is_under_way():
            newest = max((name for name in os.listdir(log) if name.endswith(".log")), key=lambda name: int(name[:-4]))
            text = open(f"{log}/{newest}").read()
            waits = self.own("^sleep 1000") and "Start deployment" in text
            return "" if waits else f"{self.name}: nothing waits in {stage}"

        eventually(is_under_way)
        return push, stage

    def cancel(self, dice):
        push, stage = self.hold_push(dice, ("build", "boot", "postdeploy"))
        how = dice.choice(("verb", "client"))
        if how == "verb":
            hythe("cancel", self.name)
        else:
            os.killpg(push.pid, signal.SIGKILL)
        self.end_push(push, False)
        return f"{how} in {stage}"

    def kill(self, dice):
        push, stage = self.hold_push(dice, ("build", "boot", "postdeploy"))
        repository = f"/repos/{self.name}.git$"
        victims = {"hythe-deploy": self.at_work("hythe-deploy", f"/apps/{self.name}/"),
                   "pre-receive": self.at_work("pre-receive", repository),
                   "receive-pack": self.at_work("git", repository)}
        if stage == "build":
            victims["hythe-build"] = self.own("^/\\.hythe/build")
        victim = dice.choice(sorted(name for name, found in victims.items() if found))
        os.kill(victims[victim][0], signal.SIGKILL)
        self.end_push(push, False)
        return f"{victim} in {stage}"

    def own(self, pattern):
        """The processes of its containers whose command line matches."""
        uid = 1900000000 + host.slot_of(self.name)
        return [process.pid for process in host.processes() if process.uid == uid and re.search(pattern, process.command)]

    def at_work(self, name, files):
        """The processes of that name that have a file open, or are in a directory, that matches."""
        return [process.pid for process in host.processes() if process.name == name and process.has_open(files)]

    def scale(self, dice):
        wanted = {"web": dice.randint(1, 3), "tcp": dice.randint(1, 2), "worker": dice.randint(0, 2)}
        words = [f"{kind}={count}" for kind, count in wanted.items()]
        if dice.random() < 0.3:
            words.append("web:size=" + dice.choice("SML"))
        hythe("scale", self.name, *words)
        self.formation = wanted
        self.serves()
        return " ".join(words)

    def set_environment(self, dice):
        mark = str(dice.randint(1, 10**6))
        self.allow(self.answer(), self.answer(mark=mark))
        hythe("env", self.name, "set", f"MARK={mark}")
        self.serves(mark=mark)

    def rollback(self, dice):
        others = [number for number, version in self.releases.items() if version != self.version]
        if not others:
            return "nothing to go back to"
        number = dice.choice(others)
        self.allow(self.answer(), self.answer(self.releases[number]))
        hythe("rollback", self.name, str(number))
        self.serves(self.releases[number])
        return f"to {number}"

    def restart(self, _):
        hythe("restart", self.name)
        self.serves()

    def stop_and_start(self, _):
        self.pause()
        hythe("stop", self.name)
        eventually(lambda: host.leftovers_of_stopped(self.name))
        hythe("start", self.name)
        self.serves()

    def crash(self, dice):
        """A process of the app is killed; its monitor starts it again."""
        self.pause()
        servers = self.own("server.py")
        os.kill(dice.choice(servers), signal.SIGKILL)
        eventually(lambda: "" if len(set(self.own("server.py")) - set(servers)) == 1 else f"{self.name}: nothing came back")
        eventually(self.wrong_answer)
        self.serves()

    def kill_monitor(self, _):
        """Nobody restarts its container any more, until the doctor comes. Nobody notices that."""
        lane = host.live_lane(self.name)
        monitor = f"^[^ ]*hythe-container start {self.name} [0-9]+ {lane} 0 "
        os.kill(next(process.pid for process in host.processes() if re.search(monitor, process.command)), signal.SIGKILL)
        hythe("doctor", self.name, "--fix")
        self.serves()

    STEPS = ((good_push, 5), (broken_push, 4), (scale, 3), (rollback, 3), (restart, 2), (set_environment, 2),
             (cancel, 3), (kill, 3), (crash, 1), (kill_monitor, 1), (stop_and_start, 1))


def reboot(apps):
    """Everything is killed and /run is emptied."""
    for app in apps:
        app.pause()
    subprocess.run(["pkill", "-9", "-f", "^/usr/lib/hythe/helpers/hythe-container "], check=False)
    for app in apps:
        for name in host.names(f"/run/hythe/crun/{app.name}.*"):
            subprocess.run(["crun", "--root", "/run/hythe/crun", "delete", "--force", name], check=False,
                           stderr=subprocess.DEVNULL)
        shutil.rmtree(f"/run/hythe/lanes/{app.name}", ignore_errors=True)
        for name in host.names(f"/run/hythe/containers/{app.name}.*"):
            shutil.rmtree(f"/run/hythe/containers/{name}")
    began = time.monotonic()
    hythe("restore")
    took = time.monotonic() - began
    for app in apps:
        eventually(app.wrong_answer)
        app.serves()
    return took


def round_of(apps, dice):
    """One step for each app, all at once. What was done, and what went wrong."""
    done, wrong = {}, []

    def step(app, chosen, own_dice):
        began = time.monotonic()
        try:
            done[app.name] = f"{chosen.__name__} {chosen(app, own_dice) or ''}".strip()
        except Exception as error:  # noqa: BLE001: whatever it was, it is told with its step
            done[app.name] = f"{chosen.__name__}: FAILED"
            wrong.append(f"{app.name}: {chosen.__name__}: {error}")
        done[app.name] += f" ({time.monotonic() - began:.1f} s)"

    steps, weights = zip(*App.STEPS)
    threads = [threading.Thread(target=step, args=(app, dice.choices(steps, weights)[0], random.Random(dice.random())))
               for app in apps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done, wrong


def install_key(directory):
    key = f"{directory}/key"
    host.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)
    with open(key + ".pub") as public:
        host.hythe("keys", "add", "storm", stdin=public)
    GIT["GIT_SSH_COMMAND"] = host.SSH.format(key=key)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--steps", type=int, default=30)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)
    dice = random.Random(options.seed)
    domain = re.search(r"^base_domain: (.*)", host.read("/etc/hythe/hythe.yml"), re.M)[1]
    passed, wrong = 0, []
    with tempfile.TemporaryDirectory() as directory:
        install_key(directory)
        apps = [App(name, directory, domain) for name in APPS]
        while passed < options.steps and not wrong:
            if dice.random() < 0.04:
                print(f"{passed:4}  reboot: restored in {reboot(apps):.2f} s", flush=True)
                passed += 1
            else:
                done, wrong = round_of(apps, dice)
                print(f"{passed:4}  " + ", ".join(f"{name}: {what}" for name, what in sorted(done.items())), flush=True)
                passed += len(apps) - len(wrong)
            try:
                for app in apps:
                    app.check()
            except Failed as error:
                wrong.append(str(error))
        for app in apps:
            app.pause()
    for complaint in wrong:
        print("FAILED: " + complaint)
    for kind, clients in (("requests to nginx", 0), ("requests to ports", 1)):
        of_kind = [app.clients[clients] for app in apps]
        print(f"{sum(c.served for c in of_kind)} {kind} served, {sum(len(c.failures) for c in of_kind)} failed, "
              f"{sum(c.retried for c in of_kind)} asked again over another connection")
    print(f"{passed} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
