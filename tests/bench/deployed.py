"""An app that serves, made on the server itself."""
import subprocess


def deploy(app):
    source = f"/tmp/source-{app}"
    script = (f"cp -r $(dirname {__file__})/../apps/web {source} && cd {source} && echo 1 >version && "
              "git init -q -b main && git add -A && git -c user.name=d -c user.email=d@e commit -q -m 1 && "
              f"hythe create {app} && chown -R hythe: . && "
              "HOME=/ setpriv --reuid hythe --regid hythe --clear-groups git -c safe.directory='*' push -q "
              f"/var/lib/hythe/repos/{app}.git main:main && hythe deploy {app}")
    subprocess.run(["sh", "-c", script], check=True, stdout=subprocess.DEVNULL)
