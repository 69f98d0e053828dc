# What stories about the host itself have in common: a sandbox of their own, in which no other story
# has left an app, and none is disturbed.
# shellcheck shell=sh
set -eu
own=$PWD/sandbox
sandbox=$(cd "$(dirname "$0")/../../sandbox" && pwd)
"$sandbox/up" "$own" >up.log 2>&1 || { cat up.log; exit 1; }
trap '"$sandbox/down" "$own" >/dev/null 2>&1' EXIT
set -a
. "$own/env"
set +a
. "$(dirname "$0")/../story.sh"
