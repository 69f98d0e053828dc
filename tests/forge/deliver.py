"""What a forge sends: deliver.py URL SECRET FILE EVENT KEY=VALUE …

URL may be unix:/SOCKET:/PATH. FILE is a payload, in which each KEY is replaced by its VALUE. EVENT is the value of
X-GitHub-Event ("push") or of X-Gitlab-Event ("Push Hook"). Prints the status and the answer.
Further keys: id= of the delivery, hook= of the webhook, secret= and signature= to be sent instead
of the right ones, type= of the content, count= of deliveries in a burst, each with its own id and PUSHED; then the
statuses are printed with how often each came, and the slowest of them.
"""
import collections
import concurrent.futures
import hashlib
import hmac
import http.client
import socket
import sys
import urllib.parse
import uuid

url, secret, file, event = sys.argv[1:5]
values = dict(word.split("=", 1) for word in sys.argv[5:])
host = values.pop("host", None)
delivery_id = values.pop("id", None)
hook = values.pop("hook", "17")
signature = values.pop("signature", None)
content_type = values.pop("type", "application/json")
count = int(values.pop("count", "0"))
text = open(file).read()
for key, value in values.items():
    text = text.replace(key, value)


def connect():
    if url.startswith("unix:"):
        _, name, path = url.split(":")
        connection = http.client.HTTPConnection("localhost", timeout=60)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(name)
        return connection, path
    target = urllib.parse.urlsplit(url)
    return http.client.HTTPConnection(target.hostname, target.port or 80, timeout=60), target.path


def send(pushed):
    body = text.replace("PUSHED", str(pushed)).encode()
    headers = {"Content-Type": content_type, "User-Agent": "forge"}
    if event.endswith("Hook"):
        headers["X-Gitlab-Event"] = event
        headers["X-Gitlab-Event-UUID"] = delivery_id or str(uuid.uuid4())
        headers["X-Gitlab-Webhook-UUID"] = hook
        headers["X-Gitlab-Token"] = secret
    else:
        headers["X-GitHub-Event"] = event
        headers["X-GitHub-Delivery"] = delivery_id or str(uuid.uuid4())
        headers["X-GitHub-Hook-ID"] = hook
        sum_ = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        headers["X-Hub-Signature-256"] = "sha256=" + sum_
        if signature is not None:
            headers["X-Hub-Signature-256"] = signature
            if not signature:
                del headers["X-Hub-Signature-256"]
    connection, path = connect()
    if host:
        headers["Host"] = host
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode().strip()
    except (BrokenPipeError, ConnectionResetError):
        return 413, "cut off"
    finally:
        connection.close()


if count:
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = collections.Counter(pool.map(send, range(1, count + 1)))
    for (status, answer), times in sorted(answers.items()):
        print(status, answer, times)
else:
    print(*send("0"))
