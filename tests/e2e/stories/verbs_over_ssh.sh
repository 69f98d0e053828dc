#!/bin/sh
# The verbs, as a developer over ssh; bad input gets one clear line and a sysexits code.
. "$(dirname "$0")/../story.sh"
expect_code() {
  want=$1 && shift
  code=0
  "$@" >out 2>&1 || code=$?
  [ "$code" -eq "$want" ] || { cat out; fail "$* exited with $code instead of $want"; }
}
remote create verbs >out
says out "git remote add hythe .*verbs"
cp -r "$HERE/apps/web" verbs
git -C verbs init -q -b main
git -C verbs remote add hythe "ssh://hythe@127.0.0.1:$HYTHE_SSH_PORT/verbs"
commit verbs one
remote env verbs set "GREETING='hello world'" "EMPTY=" >out
says out "first deployment"
push_succeeds verbs
get verbs env >seen
says seen "^GREETING=hello world$"
says seen "^EMPTY=$"
says seen "^PORT=8080$"
says seen "^CONTAINER=web-1$"
says_not seen "^(GIT_|SSH_|HYTHE_)"
[ "$(remote env verbs get GREETING)" = "hello world" ] || fail "env get"
remote env verbs >out
says out "^GREETING$"
says_not out "hello"
remote env verbs set GREETING=hi >out || { cat out; fail "env set"; }
says out "success: release 1"
get verbs env | grep -q '^GREETING=hi$' || fail "the variable did not reach the app"
printf 'two\nlines "$x" \\' | remote env verbs set SECRET >/dev/null
[ "$(remote env verbs get SECRET)" = 'two
lines "$x" \' ] || fail "a value from stdin is not byte-exact"
remote env verbs unset GREETING >/dev/null
if get verbs env | grep -q GREETING; then fail "the variable is still there"; fi
remote scale verbs web=3 worker=1 >out || { cat out; fail "scale"; }
no_leftovers verbs 4
remote ps verbs >out
says out "web.3 .*serves"
says out "worker.1 .*serves"
for _ in 1 2 3 4 5 6; do get verbs env; done | grep '^CONTAINER=' | sort -u >out
[ "$(wc -l <out)" -eq 3 ] || { cat out; fail "not every container receives traffic"; }
remote logs verbs >out
says out "web.1: listening"
echo input | remote run verbs cat - >out
says out "^input$"
expect_code 3 remote run verbs "'exit 3'"
remote info verbs >out
says out "formation +web=3 worker=1"
remote version >out
says out "hythe [0-9]"
expect_code 66 remote info nosuchapp
[ "$(wc -l <out)" -le 2 ] || fail "more than one line"
for name in ../x A a--b -x 'a b' ''; do expect_code 64 hythe create "$name"; done
expect_code 65 remote scale verbs web=-9
expect_code 64 remote scale verbs web=31
expect_code 65 remote scale verbs nosuch=1
expect_code 64 remote nosuchverb
expect_code 64 remote bash
expect_code 77 remote keys remove sandbox
expect_code 73 remote create verbs
expect_code 64 remote destroy verbs
remote destroy verbs --confirm verbs >/dev/null
expect_code 66 remote info verbs
[ -z "$(inside sh -c 'ls -d /var/lib/hythe/*/verbs* /run/hythe/*/verbs* /var/log/hythe/verbs* /etc/nginx/hythe/verbs* 2>/dev/null')" ] || fail "something of the app is left"

# What boot does is anybody's to ask for: it starts only what should run.
remote restore || fail "restore was refused over ssh"
