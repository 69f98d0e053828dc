#!/bin/sh
# Only main and master deploy; everything else is told what to type.
. "$(dirname "$0")/../story.sh"
new_app refs
commit refs one
REFSPEC=HEAD:feature push_fails refs
says refs.push "git push hythe feature:main"
git -C refs tag -a v1 -m v1
REFSPEC=v1 push_fails refs
says refs.push "tags are not deployed"
REFSPEC=v1:refs/heads/main push_fails refs
says refs.push "annotated tag cannot become a branch|non-commit"
REFSPEC="main main:feature" push_fails refs
says refs.push "one branch at a time"
push_succeeds refs
consistent refs one
REFSPEC=:main push_fails refs
says refs.push "cannot be deleted|deletion prohibited"
REFSPEC=main:master push_succeeds refs
# A push that changes nothing runs no hook; hythe deploy builds the branch again.
push_succeeds refs
says refs.push "up-to-date"
says refs.push "hint: .*hythe deploy refs"
hythe deploy refs >built || { cat built; fail "hythe deploy failed"; }
says built "success: release"
consistent refs one
# Backwards, by force.
commit refs two
push_succeeds refs
git -C refs reset -q --hard HEAD~1
push_fails refs
push_succeeds refs --force
consistent refs one
