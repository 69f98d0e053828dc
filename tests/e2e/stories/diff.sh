#!/bin/sh
# What changed between two releases: commits, process types, names of variables, size.
. "$(dirname "$0")/../story.sh"
new_app parts
commit parts one
push_succeeds parts
hythe env parts set SECRET=hunter2 GONE=x SAME=y >/dev/null
commit parts two
push_succeeds parts
hythe env parts set SECRET=hunter3 NEW=z >/dev/null
hythe env parts unset GONE >/dev/null
printf 'web: exec python3 answer.py\nclock: sleep infinity\nworker: exec sleep 1000\n' >parts/Procfile
head -c 300000 /dev/zero >parts/ballast
commit parts three
commit parts four
push_succeeds parts

short() { git -C parts rev-parse --short=7 "$1"; }
remote diff parts >out || { cat out; fail "diff"; }
says out "^release +2 -> 3$"
says out "^commit +$(short HEAD~2) -> $(short HEAD), 2 commits$"
says out "^ +\+ $(short HEAD) version four$"
says out "^ +\+ $(short HEAD~1) version three$"
says out "^buildpacks +the same$"
says out "^stack +host, the same$"
says out "^processes +\+ clock: sleep infinity$"
says out "^ +~ worker: exec sleep infinity -> exec sleep 1000$"
says out "^variables +\+ NEW$"
says out "^ +~ SECRET$"
says out "^ +- GONE$"
says out "^size .* -> .*, \+29[0-9] KiB$"
says_not out "SAME|hunter"
hythe diff parts 3 1 >out
says out "^commit +$(short HEAD) -> $(short HEAD~3), 0 commits, without 3 commits$"
says out "^ +- $(short HEAD~2) version two$"
says out "^ +- clock"
# No value stands in a record, and the same value has another fingerprint in another app.
inside sh -c 'cat /var/lib/hythe/apps/parts/releases/*.yml' >records
says records "SECRET"
says_not records "hunter"
new_app diff2
hythe env diff2 set SECRET=hunter3 >/dev/null
commit diff2 one
push_succeeds diff2
theirs=$(inside sed -n 's/^ *SECRET: //p' /var/lib/hythe/apps/diff2/releases/1.yml)
[ -n "$theirs" ] || fail "no fingerprint"
if grep -q "$theirs" records; then fail "two apps have one salt"; fi
hythe env diff2 set SECRET=hunter3 >/dev/null
commit diff2 two
push_succeeds diff2
hythe diff diff2 >out
says out "^variables +the same$"
code=0
hythe diff parts 1 9 >out 2>&1 || code=$?
[ $code -eq 66 ] || fail "diff of an unknown release exited with $code"
