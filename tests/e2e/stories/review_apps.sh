#!/bin/sh
# A branch is looked at before it is merged: git push hythe BRANCH:review/NAME makes an app of its
# own of it, with its parent's variables and formation, changed by the manifest; until the branch
# is deleted, or its time is over.
. "$(dirname "$0")/../story.sh"
new_app trial
commit trial one
hythe env trial set COLOUR=red DATABASE_URL=postgres://production PAYMENTS=live >/dev/null
hythe scale trial web=2 >/dev/null
hythe limits trial boot_timeout=30s >/dev/null
push_succeeds trial
eventually 30 only_live_containers trial 2

# What it answers with: its variables, and what the first deployment ran.
cat >trial/Procfile <<'P'
web: exec python3 answer.py
worker: exec sleep infinity
postdeploy: echo "postdeploy of $APP"
P
cat >trial/scalingo.json <<'J'
{
  "name": "trial",
  "env": {
    "DATABASE_URL": {"value": "sqlite:review"},
    "PAYMENTS": {"value": ""},
    "SECRET_KEY": {"generator": "secret"},
    "SELF": {"generator": "url", "template": "%URL%/admin"},
    "TITLE": {"generator": "template", "template": "%APP% of %PARENT_APP%, %PR_NUMBER%"}
  },
  "formation": {"web": {"amount": 1, "size": "S"}, "worker": {"amount": 1, "size": "huge"}},
  "scripts": {"first-deploy": "echo first-deploy with $DATABASE_URL"},
  "addons": [{"plan": "postgresql:postgresql-sandbox"}]
}
J
commit trial feature
REFSPEC=HEAD:review/look push_succeeds trial
says trial.push 'variables and formation of trial, changed by scalingo.json'
says trial.push "warning: 'scalingo.json' wants size 'huge' for worker"
says trial.push 'warning: hythe has no add-ons'
says trial.push 'postdeploy of trial-look'
says trial.push 'Running first-deploy: echo first-deploy'
says trial.push 'first-deploy with sqlite:review'
says trial.push 'success: release 1 of trial-look serves'
says trial.push '<-- http://trial-look\.hythe\.test'
serves trial-look feature
serves trial one
[ "$(ref_on_server trial review/look)" = "$(commit_here trial)" ] || fail "the branch"
value() { hythe env "$1" get "$2"; }
[ "$(value trial-look COLOUR)" = red ] || fail "COLOUR"
[ "$(value trial-look DATABASE_URL)" = sqlite:review ] || fail "DATABASE_URL"
value trial-look SECRET_KEY | grep -qE '^[0-9a-f]{64}$' || fail "SECRET_KEY"
secret=$(value trial-look SECRET_KEY)
[ "$(value trial-look SELF)" = http://trial-look.hythe.test/admin ] || fail "SELF"
[ "$(value trial-look TITLE)" = 'trial-look of trial, look' ] || fail "TITLE"
if value trial-look PAYMENTS >out 2>&1; then fail "PAYMENTS was inherited"; fi
[ "$(value trial DATABASE_URL)" = postgres://production ] || fail "the parent has changed"
eventually 30 only_live_containers trial-look 2
hythe ps trial-look >out
says out 'web.1'
says out 'worker.1'
hythe limits trial-look >out
says out 'boot_timeout *=? *30s'
hythe info trial-look >out
says out '^review of +trial, until '
says out '^branch +review/look$'
hythe info trial >out
says out '^review app +trial-look$'
says out '^branch +main$'
hythe list >out
says out '^trial-look .*review app of trial'

hythe doctor trial-look >out || { cat out; fail "doctor"; }

# It is an app like any other, and what it was given once stays its own.
hythe env trial-look set COLOUR=blue >/dev/null
commit trial second
REFSPEC=HEAD:review/look push_succeeds trial
says trial.push 'postdeploy of trial-look'
says_not trial.push 'first-deploy|variables and formation'
serves trial-look second
[ "$(value trial-look COLOUR)" = blue ] || fail "COLOUR was inherited again"
[ "$(value trial-look SECRET_KEY)" = "$secret" ] || fail "SECRET_KEY was made again"
hythe rollback trial-look >out || { cat out; fail "rollback"; }
serves trial-look feature
hythe deploy trial-look >out || { cat out; fail "deploy"; }
serves trial-look second

# What a push to the review app itself would do is said; fetching is fine.
git -C trial push "ssh://hythe@127.0.0.1:$HYTHE_SSH_PORT/trial-look" HEAD:main >out 2>&1 && fail "pushed to the review app"
says out "is a review app of 'trial'"
says out 'BRANCH:review/look'
git ls-remote "ssh://hythe@127.0.0.1:$HYTHE_SSH_PORT/trial" >out
says out 'refs/heads/review/look'
remote link trial-look https://github.com/acme/trial >out 2>&1 && fail "linked a review app"
says out "is a review app of 'trial'"

# A first deployment that fails inherits nothing yet: the next one begins anew, with what was set.
sed -i 's/"first-deploy": ".*"/"first-deploy": "exit 3"/' trial/scalingo.json
sed -i 's/"env": {/"env": {"LICENCE": {"required": true},/' trial/scalingo.json
commit trial failing
REFSPEC=HEAD:review/fails push_fails trial
says trial.push "'scalingo.json' requires the variable 'LICENCE'"
says trial.push 'hythe env trial-fails set LICENCE=VALUE'
hythe env trial-fails set LICENCE=mine COLOUR=green >/dev/null
REFSPEC=HEAD:review/fails push_fails trial
says trial.push 'first-deploy exited with code 3'
[ "$(hythe env trial-fails | sort | tr '\n' ' ')" = 'COLOUR LICENCE ' ] || fail "something was inherited"
inside git -c safe.directory='*' -C /var/lib/hythe/repos/trial.git rev-parse --verify -q refs/heads/review/fails && fail "the branch has moved"
sed -i 's/"first-deploy": ".*"/"first-deploy": "true"/' trial/scalingo.json
commit trial mended
REFSPEC=HEAD:review/fails push_succeeds trial
serves trial-fails mended
[ "$(value trial-fails COLOUR)" = green ] || fail "what was set was overwritten"
[ "$(value trial-fails LICENCE)" = mine ] || fail "LICENCE"

# Names, and how many.
REFSPEC=HEAD:review/Not_a_name push_fails trial
says trial.push "no review app of 'trial' can be called 'Not_a_name'"
REFSPEC=HEAD:review/a/b push_fails trial
says trial.push 'can be called'
REFSPEC=HEAD:review/$(printf '%030d' 0) push_fails trial
says trial.push 'not longer than 30'
hythe create trial-taken >/dev/null
REFSPEC=HEAD:review/taken push_fails trial
says trial.push "'trial-taken' is an app, and no review app of 'trial'"
REFSPEC=HEAD:review/tried push_fails trial -o dry-run
says trial.push 'no review app .tried. yet'
hythe info trial-tried >out 2>&1 && fail "a dry run has made an app"
hythe limits trial review_apps=2 >/dev/null
REFSPEC=HEAD:review/third push_fails trial
says trial.push "'trial' has 2 review apps, and 2 is the most: trial-fails, trial-look"
says trial.push 'hythe limits APP review_apps='
hythe info trial-third >out 2>&1 && fail "one too many was made"
hythe limits trial review_apps= >/dev/null

# What a create that was cut off has left is neither in the way nor in use.
inside setpriv --reuid hythe --regid hythe --clear-groups ln -s trial.git /var/lib/hythe/repos/trial-cut.git
hythe create trial-cut >/dev/null
inside test -L /var/lib/hythe/repos/trial-cut.git && fail "trial-cut has the repository of trial"
hythe destroy trial-cut --confirm trial-cut >/dev/null

hythe env trial set LICENCE=shared --no-restart >/dev/null

# What the manifest would keep from it is never inherited because the manifest was not understood.
mkdir trial/part
sed 's/sqlite:review/sqlite:part/' trial/scalingo.json >trial/part/scalingo.json
cp trial/Procfile trial/answer.py trial/version trial/part
commit trial parted
hythe env trial set PROJECT_DIR=./part/ --no-restart >/dev/null
REFSPEC=HEAD:review/part push_succeeds trial
[ "$(value trial-part DATABASE_URL)" = sqlite:part ] || fail "another directory's manifest"
hythe destroy trial-part --confirm trial-part >/dev/null
hythe env trial unset PROJECT_DIR --no-restart >/dev/null
git -C trial rm -q -r part
mv trial/scalingo.json trial/real.json
ln -s real.json trial/scalingo.json
commit trial linked
REFSPEC=HEAD:review/link push_fails trial
says trial.push "'scalingo.json' is not a regular file"
rm trial/scalingo.json
echo '{"env": ["DATABASE_URL"]}' >trial/scalingo.json
commit trial odd
REFSPEC=HEAD:review/link push_fails trial
says trial.push "'scalingo.json': 'env' is not an object"
hythe destroy trial-link --confirm trial-link >/dev/null
mv trial/real.json trial/scalingo.json
commit trial mended
REFSPEC='HEAD^{tree}:refs/heads/review/tree' push_fails trial
hythe info trial-tree >out 2>&1 && fail "a tree has made an app"

# A deletion that git could not do removes nothing, and one that it can cures what was left.
touch_inside() { inside setpriv --reuid hythe --regid hythe --clear-groups touch "$@"; }
touch_inside /var/lib/hythe/repos/trial.git/packed-refs.lock /var/lib/hythe/repos/trial.git/refs/heads/review/look.lock
REFSPEC=:review/look push_fails trial
says trial.push 'somebody else is changing the refs'
hythe info trial-look >out || fail "it was destroyed all the same"
touch_inside -d '2 minutes ago' /var/lib/hythe/repos/trial.git/packed-refs.lock
inside test -e /var/lib/hythe/repos/trial.git/refs/heads/review/look.lock && fail "the stale lock of the branch"
# Behind a push that is under way, a deletion of what was there before is stale.
git clone -q "ssh://hythe@127.0.0.1:$HYTHE_SSH_PORT/trial" other 2>/dev/null
sed 's/^postdeploy: .*/postdeploy: echo waits; sleep 4/' trial/Procfile >p && cp p trial/Procfile
commit trial slow
REFSPEC=HEAD:review/look push trial & pusher=$!
eventually 30 grep -q 'remote: waits' trial.push
git -C other push origin :review/look >out 2>&1 && fail "a stale deletion was accepted"
wait "$pusher" || { cat trial.push; fail "the push"; }
says out 'waiting behind deployment'
says out 'stale: review/look is at'
serves trial-look slow
sed 's/^postdeploy: .*/postdeploy: true/' trial/Procfile >p && cp p trial/Procfile
commit trial mended

# It goes with its branch; a branch that is not there any more can be pushed again.
REFSPEC=:review/look push_succeeds trial
says trial.push 'Destroyed trial-look'
says trial.push '\[deleted\] +review/look'
[ "$(inside ls /var/lib/hythe/apps | grep '^trial')" = "$(printf 'trial\ntrial-fails\ntrial-taken')" ] || { inside ls /var/lib/hythe/apps; fail "apps"; }
[ -z "$(inside sh -c 'ls -d /run/hythe/containers/trial-look.* /var/lib/hythe/releases/trial-look /var/lib/hythe/repos/trial-look.git 2>/dev/null')" ] || fail "something of trial-look is left"
get trial-look >out || true
says_not out 'second'
REFSPEC=HEAD:review/look push_succeeds trial
serves trial-look mended
hythe destroy trial-look --confirm trial-look >out
says out 'Destroyed trial-look'
# A lock that a killed git has left on its branch does not keep it there for ever.
REFSPEC=HEAD:review/look push_succeeds trial
touch_inside -d '2 minutes ago' /var/lib/hythe/repos/trial.git/packed-refs.lock
touch_inside /var/lib/hythe/repos/trial.git/refs/heads/review/look.lock
hythe destroy trial-look --confirm trial-look >out
git ls-remote "ssh://hythe@127.0.0.1:$HYTHE_SSH_PORT/trial" >out
says_not out 'review/look'

# Its time is over; the parent's setting says when.
hythe settings trial review_lifetime=1s >/dev/null
expired() { hythe gc >gc.out && grep -q '^trial-fails: its time was over: destroyed' gc.out; }
eventually 20 expired
hythe info trial-fails >out 2>&1 && fail "it outlived its time"
hythe settings trial review_lifetime=off >/dev/null
REFSPEC=HEAD:review/last push_succeeds trial
hythe gc >out
serves trial-last mended

# What somebody has broken of another app is that one's trouble.
inside sh -c 'echo "{" >/var/lib/hythe/apps/trial-taken/app.yml'
hythe info trial >out || { cat out; fail "info"; }
inside sh -c 'rm -r /var/lib/hythe/apps/trial-taken/app.yml'

# With their parent all of them go; main was its own all the time.
serves trial one
hythe destroy trial >out 2>&1 && fail "destroyed without a word"
says out "and its review app 'trial-last'"
hythe destroy trial --confirm trial >out
says out 'Destroyed trial-last'
says out 'Destroyed trial$'
[ "$(inside ls /var/lib/hythe/apps /var/lib/hythe/repos | grep -c '^trial[^-]*$\|^trial-[^t]')" -eq 0 ] || { inside ls -la /var/lib/hythe/apps /var/lib/hythe/repos; fail "something is left"; }
inside rm -rf /var/lib/hythe/apps/trial-taken
