#!/bin/sh
# Variables from a file, all or none of them; and those that wait for the next deployment.
. "$(dirname "$0")/../story.sh"
new_app filed
commit filed one
push_succeeds filed

cat >.env <<'END'
# of the shop
DATABASE_URL=postgres://u:p%40@db/shop?a=b&c="d"
export KEY='-----BEGIN
 $x \n
-----END'   # over three lines
EMPTY=
END
remote env filed set --file - <.env >out || { cat out; fail "env set --file -"; }
[ "$(grep -c success: out)" -eq 1 ] || fail "not one rollout for all of them"
[ "$(remote env filed get DATABASE_URL)" = 'postgres://u:p%40@db/shop?a=b&c="d"' ] || fail "an unquoted value"
[ "$(remote env filed get KEY)" = '-----BEGIN
 $x \n
-----END' ] || fail "a quoted value"
get filed env >seen
says seen '^EMPTY=$'
says seen '^DATABASE_URL=postgres://u:p%40@db/shop\?a=b&c="d"$'

deployments() { hythe deployments filed | wc -l; }
before=$(deployments)
printf 'GOOD=1\nHOME=/tmp\n' >bad.env
if remote env filed set --file - <bad.env >out 2>&1; then fail "a bad file was taken"; fi
says out "'stdin', line 2: 'HOME' is reserved"
if hythe env filed get GOOD >out 2>&1; then fail "half of a bad file was taken"; fi
if remote env filed set --file .env >out 2>&1; then fail "a file of the host over ssh"; fi
says out "hythe env APP set --file - < FILE"
if hythe env filed set --file - A=1 <.env >out 2>&1; then fail "a file and words"; fi
[ "$(deployments)" -eq "$before" ] || fail "a refused file was deployed"

# On the host, a file that user hythe can read.
inside sh -c 'printf "FROM_FILE=yes\n" >/tmp/vars && chmod 644 /tmp/vars'
hythe env filed set --file /tmp/vars --no-restart >out
says out "Set for the next deployment of filed"
hythe env filed unset EMPTY --no-restart >/dev/null
[ "$(deployments)" -eq "$before" ] || fail "--no-restart has restarted it"
hythe info filed >out
says out "^waiting +EMPTY, FROM_FILE"
get filed env >seen
says_not seen FROM_FILE
says seen '^EMPTY=$'

# A push that fails leaves them waiting; one that succeeds takes them over.
printf 'web: exit 1\n' >filed/Procfile
commit filed two
push_fails filed
hythe info filed >out
says out "^waiting +EMPTY, FROM_FILE"
git -C filed checkout -q HEAD~ Procfile
commit filed three
push_succeeds filed
get filed env >seen
says seen '^FROM_FILE=yes$'
says_not seen '^EMPTY='
hythe info filed >out
says_not out "^waiting"
consistent filed three
no_leftovers filed
