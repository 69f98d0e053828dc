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
load_ends
inside systemctl kill -s KILL nginx
nginx_failed() { [ "$(inside systemctl show -P Result nginx)" = signal ]; }
eventually 30 nginx_failed
inside systemctl start nginx
consistent shop two
processes | diff before - || fail "containers were started again"
nothing_failed
