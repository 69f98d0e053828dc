"""load.py PORT DOMAIN TEXT: keep-alive clients ask an app until stdin ends. Only TEXT is right."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../storm"))
from clients import Clients  # noqa: E402

port, domain, text = sys.argv[1:]
clients = Clients(domain, 2, ("127.0.0.1", int(port)))
clients.allow(text, text + "\n")
print("asking", flush=True)
sys.stdin.read()
clients.pause()
print(f"{clients.served} served, {clients.retried} asked again, {len(clients.failures)} failed")
for failure in clients.failures[:20]:
    print(failure)
sys.exit(1 if clients.failures or not clients.served else 0)
