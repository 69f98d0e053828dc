#!/bin/sh
# A first push serves, an update replaces it, and the output says where and how long.
. "$(dirname "$0")/../story.sh"
new_app shop
commit shop one
push_succeeds shop
says shop.push "remote: <-- Start deployment 1 of shop -->"
says shop.push "remote: -----> .*app detected"
says shop.push "web.1 accepts connections after"
says shop.push "phase +seconds"
says shop.push "remote: <-- http://shop\.$HYTHE_BASE_DOMAIN -->"
consistent shop one
commit shop two
push_succeeds shop
consistent shop two
no_leftovers shop
hythe deployments shop >list
says list "2 +success +push +sandbox"
# Every kind of address that git sends reaches the same app.
commit shop three
git -C shop push -q "ssh://hythe@127.0.0.1:$HYTHE_SSH_PORT/shop.git" main 2>/dev/null
consistent shop three
# A clone gets back what was pushed.
git clone -q "ssh://hythe@127.0.0.1:$HYTHE_SSH_PORT/shop" clone
[ "$(cat clone/version)" = three ] || fail "the clone has another version"
