#!/bin/sh
# A pull or merge request makes a review app, follows what is pushed to it, and takes it along
# when it is closed. Requests from forks make none unless that was asked for.
. "$(dirname "$0")/../../forge/forge.sh"
inside sh -c 'rm -f /srv/forges/ci /srv/forges/slow'

# request APP NUMBER STATE [HEAD]: what the forge tells of a request, whose commit is the newest.
request() {
  app=$1 number=$2 state=$3 head=${4:-acme/$1}
  sed "s/\"state\": \"open\"/\"state\": \"$state\"/; s/42/$number/" "$FORGES/payloads/github_pull_request.json" >request.json
  inside sh -c 'cat >/srv/forges/request.json' <request.json
  inside python3 "$FORGES/deliver.py" "http://127.0.0.1/webhook/$app" "$(secret_of "$app")" /srv/forges/request.json pull_request \
    "host=hythe.$HYTHE_BASE_DOMAIN" "HEAD=$head" "REPOSITORY=acme/$app" "COMMIT=$(forge_head "acme/$app")" >answer
}
# propose APP NUMBER TEXT: a commit that is proposed, as the forge keeps it.
propose() {
  inside sh -eu -c 'cd "/srv/forges/work/$1" && git checkout -q -B proposal' sh "acme/$1"
  forge_commit "acme/$1" "$3"
  inside git -C "/srv/forges/acme/$1.git" update-ref "refs/${4:-pull}/$2/head" "$(forge_head "acme/$1")"
}
is_gone() { ! hythe info "$1"; }
has_release() { hythe info "$1" >shown && grep -q "^release *$2," shown; }

new_linked_app base --review-apps
hythe link base >out
says out '^review apps +of requests, but not from forks$'
hythe env base set COLOUR=red >/dev/null
hythe link base --deploy >out 2>&1 || { cat out; fail "the first deployment"; }
consistent base one

propose base 42 proposal
request base 42 open
answered '^202 queued$'
eventually 60 serves base-pr-42 proposal
eventually 20 nothing_queued base-pr-42
serves base one
hythe info base-pr-42 >out
says out '^review of +base, request 42, until '
says out '^branch +review/pr-42$'
[ "$(hythe env base-pr-42 get COLOUR)" = red ] || fail "COLOUR"
[ "$(ref_on_server base review/pr-42)" = "$(forge_head acme/base)" ] || fail "the branch"
eventually 30 status_reported "^github $(forge_head acme/base) success release 1 serves http://base-pr-42.hythe.test"
eventually 10 nothing_queued base-pr-42

# What is pushed to it follows; the same once more is known, by whatever word it comes.
propose base 42 better
request base 42 open
eventually 60 serves base-pr-42 better
eventually 10 nothing_queued base-pr-42
[ "$(deployments_of base-pr-42)" -eq 2 ] || fail "deployments"
sed -i 's/"opened"/"labeled"/' request.json
inside sh -c 'cat >/srv/forges/request.json' <request.json
inside python3 "$FORGES/deliver.py" http://127.0.0.1/webhook/base "$(secret_of base)" /srv/forges/request.json pull_request \
  "host=hythe.$HYTHE_BASE_DOMAIN" HEAD=acme/base REPOSITORY=acme/base "COMMIT=$(forge_head acme/base)" >answer
answered '^202 queued$'
eventually 10 nothing_queued base-pr-42
[ "$(deployments_of base-pr-42)" -eq 2 ] || fail "it was deployed for a label"
hythe link base-pr-42 --deploy >out 2>&1 || { cat out; fail "by hand"; }
says out 'Fetching #42 of https://forge.test/acme/base'
says out 'nothing new since'

# One of that name that was pushed by hand is nobody's request.
inside sh -c 'rm -rf /srv/forges/by-hand && git clone -q /srv/forges/acme/base.git /srv/forges/by-hand'
mkdir by-hand && inside tar -C /srv/forges/by-hand -c . | tar -x -C by-hand
git -C by-hand push "ssh://hythe@127.0.0.1:$HYTHE_SSH_PORT/base" HEAD:review/pr-45 >out 2>&1 || { cat out; fail "a push by hand"; }
propose base 45 other
request base 45 open
eventually 20 nothing_queued base-pr-45
[ "$(deployments_of base-pr-45)" -eq 1 ] || fail "it was taken for the request's"
request base 45 closed
eventually 20 nothing_queued base-pr-45
serves base-pr-45 one

# From a fork: recorded, and nothing else.
propose base 43 strange
request base 43 open stranger/base
answered '^202 recorded$'
hythe link base >out
says out '#43.*from a fork'
is_gone base-pr-43 || fail "a fork got a review app"
hythe create base-pr-44 >/dev/null
propose base 44 clash
request base 44 open
answered "^202 recorded: no review app can be called 'base-pr-44'$"

# Unless that was asked for; the link says so.
link base https://forge.test/acme/base --from-forks && fail "--from-forks alone"
says base.link 'is of --review-apps'
link base https://forge.test/acme/base --review-apps --from-forks --branch main || { cat base.link; fail "link"; }
says base.link '^warning: whoever may open a request there can read the variables of base'
propose base 43 stranger
request base 43 open stranger/base
answered '^202 queued$'
eventually 60 serves base-pr-43 stranger
serves base-pr-42 better

# One more than there may be: at the forge they are told.
hythe limits base review_apps=3 >/dev/null
propose base 46 crowd
request base 46 open
answered '^202 queued$'
eventually 30 status_reported "^github $(forge_head acme/base) failure no review app could be made"
is_gone base-pr-46 || fail "there is one review app too many"
hythe limits base review_apps= >/dev/null

# Closed while it is being deployed: what was begun is decided first, and then goes.
inside sh -c 'echo "postdeploy: sleep 3" >>/srv/forges/work/acme/base/Procfile'
propose base 42 late
request base 42 open
under_way() { hythe info base-pr-42 >shown && grep -q "^now .*starting" shown; }
eventually 60 under_way
request base 42 closed
answered '^202 queued$'
eventually 60 is_gone base-pr-42
eventually 10 nothing_queued base-pr-42
inside git -c safe.directory='*' -C /var/lib/hythe/repos/base.git for-each-ref >out
says_not out 'pr-42'
serves base-pr-43 stranger
serves base one

# GitLab, whose word for it is merge request.
FORGE=gitlab new_linked_app merged --review-apps
hythe link merged --deploy >out 2>&1 || { cat out; fail "the first deployment"; }
propose merged 7 merging merge-requests
deliver merged gitlab_merge_request 'Merge Request Hook'
answered '^202 queued$'
eventually 60 serves merged-mr-7 merging
eventually 30 status_reported "^gitlab $(forge_head acme/merged) success release 1 serves http://merged-mr-7.hythe.test"
sed 's/"opened"/"merged"/' "$FORGES/payloads/gitlab_merge_request.json" >request.json
inside sh -c 'cat >/srv/forges/request.json' <request.json
inside python3 "$FORGES/deliver.py" http://127.0.0.1/webhook/merged "$(secret_of merged)" /srv/forges/request.json 'Merge Request Hook' \
  "host=hythe.$HYTHE_BASE_DOMAIN" REPOSITORY=acme/merged "COMMIT=$(forge_head acme/merged)" >answer
eventually 60 is_gone merged-mr-7

# Without the link, nobody would tell of its requests' end any more.
remote unlink base-pr-43 >out 2>&1 && fail "a review app was unlinked"
says out "is a review app of 'base'"
hythe unlink base >out
says out '^Destroyed base-pr-43$'
serves base-pr-45 one
serves base one
hythe destroy base --confirm base >out
says out 'Destroyed base-pr-45'
