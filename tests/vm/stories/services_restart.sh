#!/bin/sh
# hythe's services are restarted and stopped, nginx is killed: what runs in containers does not
# notice, and clients of the apps only of nginx.
. "$(dirname "$0")/../story.sh"
processes >before
load_begins shop two
inside systemctl restart hythe-deliver hythe-webhook
inside systemctl stop hythe
inside systemctl start hythe
inside systemctl restart hythe
inside systemctl start hythe-gc
inside systemctl daemon-reload
inside systemctl daemon-reexec
for verb in stop restart; do
  if inside systemctl $verb hythe-apps >out 2>&1; then fail "'systemctl $verb hythe-apps' is not refused"; fi
  says out 'Operation refused'
done
load_ends
# The doctor minds what has ended and should run, and not what the administrator has turned off.
inside systemctl stop hythe-webhook.service hythe-gc.timer
if hythe doctor >out 2>&1; then fail "the doctor minds no unit that has ended"; fi
says out '^host: units: hythe-webhook.service is enabled, and inactive$'
says out '^host: units: hythe-gc.timer is enabled, and inactive$'
inside systemctl start hythe-webhook.service
inside systemctl disable hythe-gc.timer
hythe doctor >out 2>&1 || { cat out; fail "the doctor"; }
inside systemctl enable --now hythe-gc.timer
inside systemctl kill -s KILL nginx
nginx_failed() { [ "$(inside systemctl show -P Result nginx)" = signal ]; }
eventually 30 nginx_failed
inside systemctl start nginx
consistent shop two
[ "$(inside systemctl show -P ControlGroup hythe-apps)" = /hythe-apps.service ] || fail "systemd does not know of the apps any more"
processes | diff before - || fail "containers were started again"
nothing_failed
