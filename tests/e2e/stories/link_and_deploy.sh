#!/bin/sh
# An app whose code is at a forge: over https with a token and over ssh with a deploy key, again
# and again, with what was forced there; and all that can be wrong with it.
. "$(dirname "$0")/../../forge/forge.sh"
make_repository acme/linked
forge_commit acme/linked one
hythe create linked >/dev/null

# What is wrong is said at once, and nothing is changed.
refused() {
  pattern=$1
  shift
  if inside sh -c 'hythe link "$@" </srv/forges/wrong' sh linked "$@" >out 2>&1; then fail "accepted: $*"; fi
  says out "$pattern"
  [ -z "$(inside sh -c 'ls /var/lib/hythe/apps/linked/link.yml 2>/dev/null')" ] || fail "something was kept of: $*"
}
inside sh -c 'echo wrong-token >/srv/forges/wrong'
url=https://forge.test/acme/linked
refused 'the token does not open it' $url --forge github --token-stdin
refused 'it is not there, or not public' $url --forge github
refused 'cannot tell which forge' $url
refused 'not encrypted' http://forge.test/acme/linked
refused 'password' https://a:secret@forge.test/acme/linked
refused 'neither https nor ssh' file:///srv/forges/acme/linked.git
refused 'names no repository' https://forge.test/acme/../linked
refused 'not on the internet' https://127.0.0.1/acme/linked --forge github
refused 'not on the internet' https://169.254.169.254/latest/meta --forge github
refused 'cannot find the host' https://nowhere.invalid/acme/linked --forge github
refused 'an ssh address is opened by a key' git@forge.test:acme/linked.git --forge github
refused 'not the name of a branch' $url --forge github --branch '--upload-pack=x'
link linked $url --branch other && fail "a branch that is not there was linked"
says linked.link 'there is no such branch'

link linked $url || { cat linked.link; fail "link"; }
says linked.link '^Linked linked to https://forge.test/acme/linked.git, branch main$'
says linked.link '^  URL     http://hythe.hythe.test/webhook/linked$'
says linked.link '^  secret  [0-9a-f]{64} '
says_not linked.link 'open-sesame'
hythe link linked >out
says out '^access +token$'
says out '^auto-deploy +no'
says_not out "open-sesame|$(sed -n 's/^  secret  \([0-9a-f]*\).*/\1/p' linked.link)"
[ "$(inside stat -c '%a %U' /var/lib/hythe/apps/linked/link.yml)" = '600 hythe' ] || fail "link.yml"

hythe link linked --deploy >out 2>&1 || { cat out; fail "the first deployment"; }
says out 'Fetching main of https://forge.test/acme/linked.git'
says out 'success: release 1 of linked serves'
says_not out 'open-sesame'
consistent linked one
[ "$(ref_on_server linked)" = "$(forge_head acme/linked)" ] || fail "the branch"

# Incrementally: what is there is not sent again.
forge_commit acme/linked two
remote link linked --deploy >out 2>&1 || { cat out; fail "the second deployment"; }
says out "$(inside git -C /srv/forges/work/acme/linked rev-parse --short=7 HEAD~1)\.\."
consistent linked two
two=$(forge_head acme/linked)

# A branch that was forced to another history.
inside sh -eu -c 'cd /srv/forges/work/acme/linked && git checkout -q --orphan fresh && git branch -q -D main && git branch -q -m main'
forge_commit acme/linked three
hythe link linked --deploy >out 2>&1 || { cat out; fail "a forced branch"; }
consistent linked three

# Another branch, and a commit of the one that is linked.
if hythe link linked --deploy "$two" >out 2>&1; then fail "a commit that the branch has not"; fi
says out "'main' has no commit"
forge_commit acme/linked four
three=$(inside git -C /srv/forges/work/acme/linked rev-parse HEAD~1)
hythe link linked --deploy "$(printf %.8s "$three")" >out 2>&1 || { cat out; fail "an earlier commit"; }
consistent linked three
inside git -C /srv/forges/work/acme/linked checkout -q -b feature/x
forge_commit acme/linked feature
hythe link linked --deploy feature/x >out 2>&1 || { cat out; fail "another branch"; }
consistent linked feature
if hythe link linked --deploy nosuch >out 2>&1; then fail "a branch that is not there"; fi
says out "no such branch"
consistent linked feature

# A build that fails leaves all as it was.
inside git -C /srv/forges/work/acme/linked checkout -q main
inside sh -c 'echo "web: exit 3" >/srv/forges/work/acme/linked/Procfile'
forge_commit acme/linked broken
if hythe link linked --deploy >out 2>&1; then fail "a version that crashes was deployed"; fi
says out "release .* still serves"
consistent linked feature
inside rm /srv/forges/work/acme/linked/Procfile

# When the branch cannot be moved, traffic goes back to what the branch says.
forge_commit acme/linked unmoved
inside sh -c 'chmod 500 /var/lib/hythe/repos/linked.git/refs/heads'
if hythe link linked --deploy >out 2>&1; then fail "the branch did not move"; fi
inside sh -c 'chmod 700 /var/lib/hythe/repos/linked.git/refs/heads'
says out 'git did not move the branch: traffic went back'
consistent linked feature
hythe link linked --deploy >out 2>&1 || { cat out; fail "the branch can be moved again"; }
consistent linked unmoved

# What git would refuse of a push is refused, also by a server of which git checks nothing; and
# a part of a history takes nothing of what is here away.
inside sh -eu -c 'cd /srv/forges/work/acme/linked
  blob=$(git hash-object -w version)
  tree=$(printf "100644 blob %s\t.git\n" "$blob" | git mktree)
  bad=$(git -c user.name=d -c user.email=d@e commit-tree -p HEAD -m bad "$tree")
  git push -q origin "$bad:refs/heads/bad" HEAD:refs/heads/good
  git -C /srv/forges/acme/linked.git update-server-info'
before=$(inside git -c safe.directory='*' -C /var/lib/hythe/repos/linked.git rev-list --count --all)
if hythe link linked --deploy bad >out 2>&1; then fail "an object that git refuses"; fi
says out 'it has objects that git would refuse of a push'
inside touch /srv/forges/dumb
for branch in bad good; do
  if hythe link linked --deploy $branch >out 2>&1; then fail "from a server of files"; fi
  says out 'its server offers nothing but files'
done
inside rm /srv/forges/dumb
bad=$(inside git -C /srv/forges/acme/linked.git rev-parse bad)
if inside git -c safe.directory='*' -C /var/lib/hythe/repos/linked.git cat-file -e "$bad" 2>/dev/null; then fail "a bad object was taken"; fi
inside sh -eu -c 'cd /srv/forges/acme/linked.git; git rev-parse main >shallow'
if hythe link linked --deploy >out 2>&1; then fail "a part of a history"; fi
says out 'the repository at the forge is only a part of another: its history ends at '
inside rm /srv/forges/acme/linked.git/shallow
[ "$(inside git -c safe.directory='*' -C /var/lib/hythe/repos/linked.git rev-list --count --all)" -eq "$before" ] || fail "history is gone"
inside test ! -e /var/lib/hythe/repos/linked.git/fetching || fail "the room is still there"
consistent linked unmoved

# By hand, beside it.
git clone -q "ssh://hythe@127.0.0.1:$HYTHE_SSH_PORT/linked" linked 2>/dev/null
git -C linked remote rename origin hythe
commit linked by-hand
link linked $url --auto-deploy || { cat linked.link; fail "auto-deploy"; }
says_not linked.link secret
hythe info linked >out
says out '^linked +https://forge.test/acme/linked.git, main, deployed when it is pushed$'
push_succeeds linked
says linked.push "the next push to main of https://forge.test/acme/linked.git will replace this version"
consistent linked by-hand

# With a key of its own, and a host whose key was never seen.
if hythe link linked ssh://git@forge.test/acme/linked.git --forge gitlab >out 2>&1; then fail "ssh without a key"; fi
hythe link linked ssh://git@forge.test/acme/linked.git --forge gitlab --deploy-key >out || { cat out; fail "deploy key"; }
says out 'The host key of forge.test was not known'
grep -qF "$(inside ssh-keygen -lf /srv/forges/host_key.pub | cut -d " " -f 2)" out || fail "not its fingerprint"
key=$(sed -n 's/^  \(ssh-ed25519 [^ ]*\).*/\1/p' out)
if hythe link linked --deploy >out 2>&1; then fail "a key that the forge does not know"; fi
says out 'the deploy key is not accepted'
grep -qF "$key" out || fail "the key is not shown"
inside sh -c 'echo "restrict,command=\"$1\" $2" >/srv/forges/git/.ssh/authorized_keys; chown git /srv/forges/git/.ssh/authorized_keys' sh "$FORGES/serve" "$key"
forge_commit acme/linked five
hythe link linked --deploy >out 2>&1 || { cat out; fail "over ssh"; }
consistent linked five
# Another host key is another host.
inside sed -i -e 's/\(C3NzaC1lZDI1NTE5AAAAI\)[^A]/\1A/' -e t -e 's/\(C3NzaC1lZDI1NTE5AAAAI\)A/\1B/' /var/lib/hythe/forges/known_hosts
if hythe link linked --deploy >out 2>&1; then fail "another host key was taken"; fi
says out 'its host key is not the one that is known'

hythe unlink linked >out
says out 'Unlinked linked'
consistent linked five
[ -z "$(inside sh -c 'ls /var/lib/hythe/apps/linked/ | grep -E "link|deploy_key"')" ] || fail "something of the link is left"
[ -z "$(inside git -c safe.directory='*' -C /var/lib/hythe/repos/linked.git for-each-ref refs/linked)" ] || fail "refs are left"
if hythe link linked >out 2>&1; then fail "it is still linked"; fi
says out 'is not linked to a repository'
no_leftovers linked
