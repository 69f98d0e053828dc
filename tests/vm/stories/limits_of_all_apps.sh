#!/bin/sh
# What the administrator sets for hythe-apps.service, systemd holds all apps to together.
. "$(dirname "$0")/../story.sh"
of_all() { inside cat "/sys/fs/cgroup/hythe-apps.service/$1"; }
set_for_all() { inside systemctl set-property --runtime hythe-apps.service "$@"; }
processes >before
[ "$(of_all pids.max)" = max ] || fail "they are limited unasked"
set_for_all MemoryMax=1G "TasksMax=$(($(of_all pids.current) + 20))"
inside systemctl daemon-reload
[ "$(of_all memory.max)" = $((1 << 30)) ] || fail "memory.max is $(of_all memory.max)"
# A container may have 512 by itself.
hythe run shop sh -c 'for i in $(seq 40); do sleep 5 & done; wait' >out 2>&1 || true
set_for_all MemoryMax=infinity TasksMax=infinity
inside systemctl revert hythe-apps.service
cat out
says out 'Cannot fork|Resource temporarily unavailable'
processes | diff before - || fail "containers were started again"
hythe run shop true || fail "they are still limited"
consistent shop two
