#!/bin/sh
# An app answers at domains of its own: added, listed, removed, owned by one app, without a new
# container; those of several apps at once share their reloads.
. "$(dirname "$0")/../story.sh"
at() { curl -s -m 20 -H "Host: $1" "http://127.0.0.1:$HYTHE_HTTP_PORT/"; }
at_serves() { [ "$(at "$1")" = "$2" ] || fail "$1 answers '$(at "$1")' instead of '$2'"; }
refused() {
  if "$@" >out 2>&1; then cat out; fail "not refused: $*"; fi
}
new_app named
commit named one
remote domains named add first.example.com >out || { cat out; fail "before the first push"; }
push_succeeds named
at_serves first.example.com one
serves named one
before=$(hythe logs named | grep -c listening)
remote domains named add Shop.Example.COM "'bücher.example'" >out || { cat out; fail "domains add"; }
says out "^named\.$HYTHE_BASE_DOMAIN  \(of the host\)$"
says out "^shop\.example\.com$"
says out "^xn--bcher-kva\.example  \(bücher\.example\)$"
at_serves shop.example.com one
at_serves xn--bcher-kva.example one
[ "$(hythe logs named | grep -c listening)" -eq "$before" ] || fail "a container was started anew"
hythe info named >out
says out "^domain +shop\.example\.com$"

# One app only; nothing of a refused list is taken.
new_app rival
refused remote domains rival add free.example.com shop.example.com
says out "'shop.example.com' belongs to app 'named'"
refused remote domains rival add "named.$HYTHE_BASE_DOMAIN"
says out "belongs to app 'named'"
[ "$(hythe domains rival | wc -l)" -eq 1 ] || fail "half of a refused list was taken"
refused remote domains named add "'not a domain'"
says out "is not a domain"
refused remote domains named remove nobody.example.com
says out "has no domain 'nobody.example.com'"
refused remote domains named remove "named.$HYTHE_BASE_DOMAIN"
says out "stays for as long as the app does"
# A name below the base domain that is given away is no name for a new app.
hythe domains named add "taken.$HYTHE_BASE_DOMAIN" >/dev/null
refused remote create taken
says out "'taken.$HYTHE_BASE_DOMAIN' belongs to app 'named'"
refused hythe info taken

# Wildcards are root's to give, and then the app's as any other domain.
refused remote domains named add "'*.example.net'"
says out "is a wildcard: only root can give it"
refused hythe domains named add '*.half.example' 'a..b'
says out "'a..b' has an empty label"
hythe domains named add '*.example.net' >/dev/null
[ -z "$(at any.half.example)" ] || fail "half of a refused list is served"
at_serves any.example.net one
remote domains named remove first.example.com >/dev/null
at_serves any.example.net one
[ -z "$(at first.example.com)" ] || fail "a removed domain is still served"
commit named two
push_succeeds named
at_serves any.example.net two
at_serves xn--bcher-kva.example two
remote domains named remove "'*.example.net'" >/dev/null
[ -z "$(at any.example.net)" ] || fail "a removed wildcard is still served"

# Whatever a killed change leaves, the next one finds the domains of app.yml: here root's table
# knows of one that app.yml does not.
inside touch /var/lib/hythe/apps/named/domains.unsettled
inside /usr/lib/hythe/helpers/hythe-route domains named "named.$HYTHE_BASE_DOMAIN" lost.example.com
at_serves lost.example.com two
hythe env named set A=1 --no-restart >/dev/null
[ -z "$(at lost.example.com)" ] || fail "a killed change was not settled"
at_serves shop.example.com two

# What nginx refuses is put back, and its text is told.
inside sh -c 'echo "broken on purpose;" >/etc/nginx/conf.d/zz-broken.conf'
refused remote domains named add late.example.com
says out "nginx refuses its configuration"
inside rm /etc/nginx/conf.d/zz-broken.conf
hythe domains named >out
says_not out late
at_serves shop.example.com two
[ -z "$(inside sh -c 'ls /var/lib/hythe/apps/named/domains.unsettled 2>/dev/null')" ] || fail "something is left unsettled"

# Ten apps at once, and few reloads.
inside sed -i 's|^error_log .*|error_log /var/log/nginx/error.log notice;|' /etc/nginx/nginx.conf
inside sh -c 'kill -HUP "$(cat /run/nginx.pid)"'
reloads() { inside grep -c 'signal 1 (SIGHUP)' /var/log/nginx/error.log; }
for i in 0 1 2 3 4 5 6 7 8 9; do
  (new_app many$i && commit many$i "of $i" && push_succeeds many$i) &
  [ $((i % 3)) -ne 2 ] || wait
done
wait
before=$(reloads)
for i in 0 1 2 3 4 5 6 7 8 9; do
  remote domains many$i add many$i.example.com >out$i 2>&1 || touch lost &
done
wait
[ ! -e lost ] || { cat out?; fail "a change among many was lost"; }
for i in 0 1 2 3 4 5 6 7 8 9; do at_serves many$i.example.com "of $i"; done
count=$(($(reloads) - before))
echo "ten changes at once, $count reloads"
[ $count -lt 10 ] || fail "every change had a reload of its own"

# A removed app frees its names.
hythe destroy named --confirm named >/dev/null
remote domains rival add shop.example.com >out || { cat out; fail "a domain that nobody has any more"; }
consistent many0 "of 0"
