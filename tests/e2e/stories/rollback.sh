#!/bin/sh
# A rollback serves an earlier release in a second, loses no request, and says that the branch
# now says something else.
. "$(dirname "$0")/../story.sh"
expect_code() {
  want=$1 && shift
  code=0
  "$@" >out 2>&1 || code=$?
  [ "$code" -eq "$want" ] || { cat out; fail "$* exited with $code instead of $want"; }
}
new_app back
printf 'web: [ "$BREAK" != wait ] || sleep 1000; [ -z "$BREAK" ] && exec python3 answer.py\npostdeploy: echo migrated\n' >back/Procfile
expect_code 66 remote rollback back
says out "nothing was deployed to 'back' yet"
hythe scale back web=2 >/dev/null
for version in one two three; do # which also writes all lanes' text, so that nginx is not reloaded below
  commit back $version
  push_succeeds back
done

# Under load: the one before, one by its number, and the one that served before that again.
inside wrk -t1 -c16 -d600s -H "Host: back.$HYTHE_BASE_DOMAIN" http://127.0.0.1/ >back.wrk 2>&1 & load=$!
eventually 10 inside pgrep -x wrk
remote rollback back >out || { cat out; fail "rollback"; }
says out "success: release 2 of back serves"
says out "hint: release 2 serves \(rolled back from 3\); the branch is at $(git -C back rev-parse --short=7 HEAD), which does not serve"
says out "to build and serve the branch: hythe deploy back"
says_not out "Running postdeploy|app detected"
serves back two
hythe rollback back 1 >out || { cat out; fail "rollback 1"; }
serves back one
hythe rollback back >out || { cat out; fail "rollback to the one before"; }
serves back two
inside pkill -INT -x wrk
wait $load || true
says back.wrk "requests in"
says_not back.wrk "Non-2xx|Socket errors"
no_leftovers back 2

# What runs and what the branch says differ on purpose: everybody says so.
hythe info back >out
says out "^release +2, commit $(git -C back rev-parse --short=7 HEAD~1)"
says out "^state +release 2 serves \(rolled back from 1\); the branch is at .*, which does not serve"
hythe deployments back >out
says out "6 +success +rollback +root .* $(git -C back rev-parse --short=7 HEAD~1)"
says out "^release 2 serves \(rolled back from 1\); the branch is at "
push_succeeds back
says back.push "Everything up-to-date"
says back.push "hint: release 2 serves \(rolled back from 1\); the branch is at "
says back.push "hint: .*hythe deploy back"
hythe releases back >out
says out "^ +3  kept .* $(git -C back rev-parse --short=7 HEAD) .* host +sandbox +version three"
says out "^ +2  serves .* version two"
says out "^ +1  kept .* version one"
says out "^release 2 serves \(rolled back from 1\)"

# What cannot be gone back to.
expect_code 65 remote rollback back 2
says out "release 2 of 'back' serves already"
expect_code 66 remote rollback back 9
says out "has no release 9"
expect_code 64 remote rollback back x
expect_code 64 remote rollback back 0
before=$(hythe deployments back | wc -l)
[ "$before" -eq 7 ] || fail "a refusal made a deployment"

# Variables of now are kept; a rollback that fails leaves what serves, and so does a push.
git -C back rm -q answer.py
commit back broken
push_fails back
says back.push "hint: release 2 serves \(rolled back from 1\)"
serves back two
expect_code 65 remote rollback back 4
says out "release 4 of 'back' has never served"
git -C back reset -q --hard HEAD~1

# The next push is as always, also on top of what was rolled back from.
echo 'web: exec python3 answer.py' >back/Procfile
commit back four
push_succeeds back
consistent back four
hythe info back >out
says out "^state +release 5 serves$"
says_not out "rolled back"
hythe env back set BREAK=1 >/dev/null
expect_code 65 remote rollback back
says out "crashed-error"
says out "hint: release 5 still serves"
consistent back four
hythe env back set BREAK=wait >/dev/null
no_leftovers back 2
hythe rollback back >killed 2>&1 & rollback=$!
eventually 20 sh -c "$HYTHE_RUN hythe ps back | grep -q waits"
inside pkill -9 -x hythe-deploy
if wait $rollback; then fail "a rollback that was killed succeeded"; fi
no_leftovers back 2
consistent back four
hythe info back >out
says out "^state +release 5 serves$"
hythe env back unset BREAK >/dev/null
hythe env back set KEPT=yes >/dev/null
# Two at once: when its turn comes, the second sees that there is nothing left to do.
hythe rollback back 3 >first 2>&1 & one=$!
hythe rollback back 3 >second 2>&1 & two=$!
wait $one || true
wait $two || true
cat first second >both
[ "$(grep -c "^success: release 3" both)" -eq 1 ] || { cat both; fail "two rollbacks"; }
says both "release 3 of 'back' serves already"
serves back three
get back env >out
says out "^KEPT=yes$"
# A change of what was rolled back to is not another way forward.
hythe scale back web=1 >/dev/null
hythe info back >out
says out "^state +release 3 serves \(rolled back from 5\)"
hythe deploy back >out || { cat out; fail "deploy of the branch"; }
consistent back four
no_leftovers back
