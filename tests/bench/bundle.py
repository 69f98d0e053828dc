"""What hythe gives to crun, taken from a container that runs, for a crun without hythe."""
import json
import os
import shutil


def make_bundle(container, spec, bundle, cgroup):
    """With a network of its own; `spec` is what hythe-init is to run."""
    running = f"/run/hythe/containers/{container}"
    with open(f"{running}/config.json") as file:
        config = json.load(file)
    shutil.copytree(f"{running}/inside", f"{bundle}/inside", symlinks=True)
    uid = config["process"]["user"]["uid"]
    for name in ("upper", "work"):
        os.makedirs(f"{bundle}/layer/{name}")
        os.chown(f"{bundle}/layer/{name}", uid, uid)
    with open(f"{bundle}/inside/spec", "wb") as file:
        file.write(spec.encode())
    os.chown(f"{bundle}/inside/spec", uid, uid)
    text = json.dumps(config).replace(f"{running}/inside", f"{bundle}/inside").replace(f"{running}/layer", f"{bundle}/layer")
    config = json.loads(text)
    config["linux"]["cgroupsPath"] = cgroup
    for namespace in config["linux"]["namespaces"]:
        namespace.pop("path", None)
    with open(f"{bundle}/config.json", "w") as file:
        json.dump(config, file)
