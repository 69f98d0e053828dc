#!/bin/sh
# A commit is deployed when the forge's CI was successful for it: all of it, on whatever page it
# stands, and whichever workflow begins last. A forge that answers without an end holds nobody.
. "$(dirname "$0")/../../forge/forge.sh"
new_linked_app waits --wait-for-ci
tell_ci() { inside sh -c 'echo "$2" >"/srv/forges/$1"' sh "$1" "$2"; }
asked() { [ "$(inside sh -c 'cat /srv/forges/asked 2>/dev/null' | grep -cE "$1")" -ge "$2" ]; }

# The hundred and twentieth decides: while it runs, and when it fails.
tell_ci ci.more 120
tell_ci ci pending
deliver waits github_push push PUSHED=1
answered '^202 queued'
eventually 30 asked 'check-runs.*page=3' 1
[ "$(deployments_of waits)" -eq 0 ] || fail "it was deployed before the last check was over"
tell_ci ci failure
eventually 60 nothing_queued waits
[ "$(deployments_of waits)" -eq 0 ] || fail "what CI refused was deployed"

# A workflow was successful, and another is announced, but not there yet. The server drips
# meanwhile: a request has its time, and then there is another one.
tell_ci ci success
tell_ci suites 'github-actions queued - 0'
forge_commit acme/waits two
inside touch /srv/forges/drip
deliver waits github_push push PUSHED=2
eventually 60 inside grep -q check-suites /srv/forges/dripped
inside rm /srv/forges/drip
inside rm -f /srv/forges/asked
eventually 60 asked '/status' 2
[ "$(deployments_of waits)" -eq 0 ] || fail "it was deployed before the second workflow began"
tell_ci suites 'github-actions completed success 1'
eventually 90 consistent waits two

# GitLab, whose pages go on in the same way.
FORGE=gitlab new_linked_app waitslab --wait-for-ci
tell_ci ci failure
FORGE=gitlab deliver waitslab gitlab_push 'Push Hook' PUSHED=1
eventually 60 nothing_queued waitslab
[ "$(deployments_of waitslab)" -eq 0 ] || fail "the last page was not read"
tell_ci ci success
forge_commit acme/waitslab two
FORGE=gitlab deliver waitslab gitlab_push 'Push Hook' PUSHED=2
eventually 90 consistent waitslab two
inside rm -f /srv/forges/ci.more /srv/forges/suites
