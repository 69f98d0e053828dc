#!/bin/sh
# From a host that knows nobody to the first push, by what `hythe setup` says.
. "$(dirname "$0")/../own_sandbox.sh"
config=/etc/hythe/hythe.yml
refuses() { # WHY COMMAND …
  why=$1
  shift
  if hythe setup "$@" >out 2>&1 </dev/null; then cat out; fail "'setup $*' is accepted"; fi
  says out "$why"
  [ "$(inside sha256sum $config)" = "$before" ] || fail "'setup $*' changed half"
  [ "$(hythe keys list)" = "$keys" ] || fail "'setup $*' changed half"
}

# Without a word it shows what is, and changes nothing.
keys=$(hythe keys list)
before=$(inside sha256sum $config)
hythe setup >out 2>&1 </dev/null || { cat out; fail "something is wrong with the sandbox"; }
says out "^port $HYTHE_SSH_PORT +nobody listens" # it is passed on
says out "^port 80 +nginx listens"
says out "^port 443 +nobody listens"
says out "^pushes +sshd lets user hythe in"
says out "^requests +hythe's part is in nginx's"
says out "^DNS +\*\.$HYTHE_BASE_DOMAIN leads nowhere"
says out "^may push +sandbox"
[ "$(inside sha256sum $config)" = "$before" ] || fail "a look changed something"

# All or nothing.
ssh-keygen -q -t ed25519 -N '' -C 'bob@desk' -f bob
inside sh -c 'cat >/tmp/bob.pub' <bob.pub
refuses "cannot be a base domain" --domain 'under_score.example' --key /tmp/bob.pub
refuses "cannot be a base domain" --domain 'a..b'
refuses "cannot name a key" --domain apps.test --key /tmp/bob.pub --name '../x'
refuses "cannot open" --domain apps.test --key /tmp/nothing.pub
refuses "" --domain apps.test --key /etc/shadow
refuses "'sandbox' has another key" --domain apps.test --key /tmp/bob.pub --name sandbox
refuses "is the name of a --key" --name bob
inside sh -c 'cp /etc/ssh/sshd_config /tmp/sshd_config; echo "Match User h*
  DenyUsers hythe" >>/etc/ssh/sshd_config'
refuses "^pushes +wrong: sshd refuses user hythe: it is in DenyUsers" --domain apps.test
says out "nothing was changed"
inside mv /tmp/sshd_config /etc/ssh/sshd_config
inside nginx -s stop
eventually 60 refuses "port 80 +wrong: nobody listens" --domain apps.test
says out "nothing was changed"
inside sh -c 'python3 -m http.server 80 >/dev/null 2>&1 & echo $! >/tmp/other'
eventually 20 inside sh -c 'ss -Hltn "sport = 80" | grep -q .'
refuses "port 80 +wrong: 'python3.*' listens there, and not nginx" --domain apps.test
inside sh -c 'kill $(cat /tmp/other)'
eventually 60 inside nginx
if inside runuser -u nobody -- hythe setup >out 2>&1; then fail "anybody can set the host up"; fi
says out "for root"

# What is asked for, and nothing else; the key on stdin as well.
hythe setup --domain 'Äpps.Test' --key - <bob.pub >out 2>&1 || { cat out; fail "no setup"; }
says out "^base domain +xn--pps-pla.test"
says out "^may push +bob@desk, sandbox"
inside cat $config >after
says after "^base_domain: xn--pps-pla.test$"
says after "^ssh_port: $HYTHE_SSH_PORT$"
[ "$(inside stat -c '%U %a' $config)" = "root 644" ] || fail "not everybody can read hythe.yml"
keys=$(hythe keys list)
before=$(inside sha256sum $config)
hythe setup --domain 'äpps.test' --key /tmp/bob.pub >out 2>&1 || { cat out; fail "a second time it is refused"; }
[ "$(hythe keys list)" = "$keys" ] || fail "a second time it adds a key"
[ "$(inside sha256sum $config)" = "$before" ] || fail "a second time it changes something"

# Bob follows what it says, word by word.
says out "^  hythe create shop$"
hythe create shop >/dev/null
hythe setup >out </dev/null
line=$(sed -n 's/^  \(git remote add hythe .*\)/\1/p' out)
[ "$line" = "git remote add hythe ssh://hythe@127.0.0.1:$HYTHE_SSH_PORT/shop" ] || fail "it says '$line'"
cp -rL "$HERE/apps/web" shop
git -C shop init -q -b main
(cd shop && $line)
commit shop one
HYTHE_SSH_KEY_BOB=$PWD/bob
export GIT_SSH_COMMAND="ssh -p $HYTHE_SSH_PORT -i $HYTHE_SSH_KEY_BOB -o IdentitiesOnly=yes -o BatchMode=yes \
-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
push_succeeds shop
answer=$(curl -sS -m 20 -H "Host: shop.xn--pps-pla.test" "http://127.0.0.1:$HYTHE_HTTP_PORT/")
[ "$answer" = one ] || fail "shop answers '$answer'"
hythe doctor >out 2>&1 || { cat out; fail "doctor is not green"; }
says out "^host: ok"

# On a terminal it asks; who goes away has changed nothing.
cat >typed <<'TYPED'
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execvp("sh", ["sh", "-c", os.environ["HYTHE_RUN"] + " hythe setup"])
seen = b""
for question, answer in zip(sys.argv[1::2], sys.argv[2::2]):
    while question.encode() not in seen:
        seen += os.read(fd, 4096)
    seen = b""
    os.write(fd, answer.encode())
try:
    while True:
        sys.stdout.buffer.write(os.read(fd, 4096))
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
TYPED
export HYTHE_RUN
if python3 typed "Base domain" "$(printf '\004')" >out; then cat out; fail "nobody answered, and it went on"; fi
says out "nothing was changed"
[ "$(inside sha256sum $config)" = "$before" ] || fail "nobody answered, and something changed"
python3 typed "Base domain" "next.test
" >out || { cat out; fail "no setup by answers"; }
says out "^base domain +next.test"
