"""(a) The switch of traffic: a lane marker against rewriting the upstream and reloading nginx.

Both move 32 keep-alive clients between two servers; failed requests are counted by wrk. The
servers are static nginx instances on the addresses of two lanes.
"""
import http.client
import os
import re
import signal
import subprocess
import time

from stopwatch import row

SWITCHES = 30
LANES = {"a": "10.214.1.1", "b": "10.214.1.33", "c": "10.214.1.65", "d": "10.214.1.97"}
PEER = "/etc/nginx/conf.d/peer.conf"


def run(*command, text=None):
    subprocess.run(command, check=True, input=text, text=True, stdout=subprocess.DEVNULL)


def start_servers():
    """One that answers with its lane, on each lane's address."""
    servers = ""
    for lane, address in LANES.items():
        run("ip", "address", "add", f"{address}/32", "dev", "lo")
        servers += f'server {{ listen {address}:8080; keepalive_requests 1000000000; location / {{ return 200 {lane}; }} }}\n'
    with open("/tmp/servers.conf", "w") as config:
        config.write(f"pid /tmp/servers.pid; error_log /dev/null; events {{}} http {{ access_log off;\n{servers}}}\n")
    run("/usr/sbin/nginx", "-c", "/tmp/servers.conf")


def answer(host):
    """What a new client gets; nothing while nginx does not know the host yet."""
    connection = http.client.HTTPConnection("127.0.0.1", 80, timeout=5)
    connection.request("GET", "/", headers={"Host": host})
    try:
        return connection.getresponse().read().decode()
    except http.client.RemoteDisconnected:
        return None


def write_peer(lane):
    with open(PEER, "w") as config:
        config.write(f"upstream peer {{ server {LANES[lane]}:8080; }}\n"
                     "server { listen 80; server_name peer.test; location / { proxy_pass http://peer; } }\n")


def switch_by_marker(lane):
    run("/usr/lib/hythe/helpers/hythe-route", "switch", "bench", lane)


def switch_by_reload(lane):
    """As peers do it: rewrite, test, reload; done when the new version answers."""
    write_peer(lane)
    run("/usr/sbin/nginx", "-t", "-q")
    run("/usr/sbin/nginx", "-s", "reload")
    while answer("peer.test") != lane:
        time.sleep(0.001)


def under_load(host, switch):
    load = subprocess.Popen(["wrk", "-t1", "-c32", "-d120s", "-H", f"Host: {host}", "http://127.0.0.1/"],
                            stdout=subprocess.PIPE, text=True)
    time.sleep(1)
    seconds = []
    for n in range(SWITCHES):
        lane = "bcda"[n % 4]
        began = time.perf_counter()
        switch(lane)
        seconds.append(time.perf_counter() - began)
        time.sleep(0.1)
    load.send_signal(signal.SIGINT)
    report = load.communicate()[0]
    requests = int(re.search(r"(\d+) requests in", report)[1])
    failed = sum(int(n) for n in re.findall(r"Non-2xx or 3xx responses: (\d+)", report))
    for line in re.findall(r"Socket errors: .*", report):
        failed += sum(int(n) for n in re.findall(r"\d+", line))
    return seconds, requests, failed


start_servers()
run("hythe", "create", "bench")
for lane in LANES:
    run("/usr/lib/hythe/helpers/hythe-route", "set", "bench", lane, "1", "0", text="bench.test\n")
switch_by_marker("a")
write_peer("a")
run("/usr/sbin/nginx", "-s", "reload")
while answer("peer.test") != "a":
    time.sleep(0.01)

ours, requests, failed = under_load("bench.test", switch_by_marker)
mine = row("lane marker (whole process)", ours)
print(f"{'':34} {failed} of {requests} requests failed in {SWITCHES} switches")
theirs, requests, failed = under_load("peer.test", switch_by_reload)
peer = row("rewrite, nginx -t, reload", theirs)
print(f"{'':34} {failed} of {requests} requests failed in {SWITCHES} switches")
print(f"ratio {mine / peer:.4f}")
os.remove(PEER)
