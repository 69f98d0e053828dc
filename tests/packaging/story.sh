# What the stories of tests/packaging have in common. Each chapter ends with "ok NAME".
# shellcheck shell=sh
set -eu
cd /story
passed=0
fail() {
  echo "FAILED: $*" >&2
  exit 1
}
ok() {
  passed=$((passed + 1))
  echo "ok $*"
}
says() { grep -qE -- "$2" "$1" || { cat "$1"; fail "'$2' is not in $1"; }; }
says_not() { if grep -qE -- "$2" "$1"; then cat "$1"; fail "'$2' is in $1"; fi; }
valid() {
  mkdir -p /run/sshd
  nginx -t -q || fail "nginx does not accept its configuration $*"
  sshd -t || fail "sshd does not accept its configuration $*"
}
main_link=/etc/nginx/modules-enabled/90-hythe.conf # Debian's
linked() {
  for link in /etc/nginx/conf.d/hythe.conf $main_link; do
    [ -e "$link" ] || fail "nginx does not read $link $*"
  done
}
joined() {
  linked "$@"
  nginx -T 2>/dev/null | grep -q 'listen \[::\]:80;' || fail "hythe's own servers have no IPv6 $*"
}
healthy() {
  valid "$@"
  /usr/lib/hythe/helpers/hythe-modes >modes 2>&1 || :
  [ ! -s modes ] || { cat modes; fail "packaging/modes is not kept $*"; }
  [ -z "$(dpkg --audit)" ] || fail "dpkg is not content $*"
}
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
rm -f /etc/dpkg/dpkg.cfg.d/docker /etc/apt/apt.conf.d/docker-clean
apt-get -q update >out 2>&1 || { cat out; fail "apt knows no packages"; }
