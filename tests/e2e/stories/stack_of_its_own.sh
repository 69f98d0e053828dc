#!/bin/sh
# An app on a stack that was imported: built on it, run on it, and kept on its version while a
# new one comes. What is used cannot be removed, and nobody can write to it.
. "$(dirname "$0")/../story.sh"
stacks=/var/lib/hythe/stacks
today=$(date -u +%Y%m%d)
everything() { inside sh -c "find $stacks -printf '%p %m %u:%g %s %l\n' | sort | sha256sum"; }

"$HERE/rootfs" tree
tar -C tree -czf tiny.tar.gz .
hythe stack list >stacks
says stacks 'One that never does, .*: sudo hythe stack create debian-12$'
hythe stack import tiny - <tiny.tar.gz >made || { cat made; fail "the import was refused"; }
says made "Made tiny@$today: tiny-1, .* MiB"
[ "$(inside stat -c '%a %U:%G' $stacks "$stacks/tiny@$today" "$stacks/tiny@$today/rootfs" | tr '\n' ' ')" = \
  '750 root:hythe 750 root:hythe 755 root:root ' ] || fail "the stack has other owners or modes"

new_app own perl
commit own one
remote stack use own nowhere >refused 2>&1 && fail "a stack that is not there can be used"
says refused "there is no stack 'nowhere'"
remote stack use own tiny >used
push_succeeds own
says own.push "Stack: tiny@$today +$"
consistent own one
get own env >variables
says variables '^STACK=tiny$'
[ "$(get own 'read?/etc/motd')" = 'I am the stack' ] || fail "it runs on something else"
for path in /etc/motd /usr/x /bin/bash /x /.hythe/x /etc/ssl/certs/ca-certificates.crt; do
  get own "write?$path" >answer
  says answer '^cannot: (Read-only file system|Permission denied)'
done
get own 'read?/etc/ssl/certs/ca-certificates.crt' >authorities
says authorities 'BEGIN CERTIFICATE'
get own 'read?/etc/passwd' >accounts
says accounts '^app:'
says_not accounts '^hythe:'
hythe run own -- ls /usr/lib/hythe >listing 2>&1 && fail "the host's /usr is to be seen"

# A new version is for the next build.
echo 'I am the next one' >tree/etc/motd
tar -C tree -cf - . | zstd -q | hythe stack import tiny - >made
says made "Made tiny@$today\.2"
hythe stack list >stacks
says_not stacks 'sudo hythe stack create'
says stacks "^tiny@$today\.2 .* own \(next build\)\$"
says stacks "^tiny@$today .* own\$"
hythe scale own web=2 >/dev/null
[ "$(get own 'read?/etc/motd')" = 'I am the stack' ] || fail "a release has left its stack"
commit own two
push_succeeds own
consistent own two
[ "$(get own 'read?/etc/motd')" = 'I am the next one' ] || fail "the build took an old version"

# What is used stays.
hythe stack remove tiny >refused 2>&1 && fail "a stack that an app is to use was removed"
says refused "next build of 'own'"
hythe stack use own host >/dev/null
hythe stack remove tiny >refused 2>&1 && fail "a stack that a release uses was removed"
says refused "used by release 1 of 'own', release 2 of 'own'|used by release 2 of 'own', release 1 of 'own'"
serves own two
# Also while it is decided whether that release is forgotten: it may get its name back.
releases=/var/lib/hythe/releases
mkfifo deciding
inside flock $releases/.lock cat <deciding &
exec 7>deciding
eventually 10 inside sh -c "! flock -n $releases/.lock true"
inside sh -c "cd $releases/own && mv 1 .old-1-0 && mv 2 .old-2-0"
(exec 7>&- && hythe stack remove tiny >refused 2>&1) & removal=$!
eventually 10 inside grep -q -- '-> FLOCK' /proc/locks
inside sh -c "cd $releases/own && mv .old-1-0 1 && mv .old-2-0 2"
exec 7>&-
wait $removal && fail "a stack was removed whose release got its name back"
says refused "used by release [12] of 'own', release [12] of 'own'"
serves own two

# A developer looks, and a stranger's archive leaves nothing.
remote stack create mine >refused 2>&1 && fail "a developer can make a stack"
says refused "only root on the host"
remote stack remove tiny >refused 2>&1 && fail "a developer can remove a stack"
remote stack list >stacks
name=$(. /etc/os-release && echo "$ID-$VERSION_ID")
says stacks "^host \($name\) .*$name"
before=$(everything)
head -c 100000 tiny.tar.gz >cut.tar.gz
mkdir -p bad
tar -C tree -cf bad/dots.tar --transform 's,^etc/motd$,../../motd,' etc/motd
tar -C tree -P -cf bad/absolute.tar --transform 's,^etc/motd$,/etc/motd,' etc/motd
tar -C tree -cf bad/nothing.tar etc/motd
ln -s /etc bad/out
tar -C bad -cf bad/link.tar out
tar -C tree -rf bad/link.tar --transform 's,^etc/motd$,out/motd,' etc/motd
echo 'no archive' >bad/text.tar
for archive in cut.tar.gz bad/*.tar; do
  hythe stack import tiny - <"$archive" >refused 2>&1 && fail "$archive was accepted"
  [ "$(grep -c '^error: ' refused)" = 1 ] || { cat refused; fail "$archive has no clear error"; }
  [ "$(everything)" = "$before" ] || fail "$archive has left something"
done
inside sh -c '! grep -q "the stack" /etc/motd /motd /var/lib/hythe/motd 2>/dev/null' || fail "an archive has escaped"

# An image as docker saves it, and one in OCI layout: what a layer hides is not there.
mkdir -p image/one image/two upper/etc oci/blobs/sha256
tar -C tree -cf image/one/layer.tar .
: >upper/etc/.wh.motd
echo 'from a layer' >upper/etc/issue
tar -C upper -cf image/two/layer.tar etc
sum() { sha256sum "$1" | cut -d ' ' -f 1; }
printf '{"rootfs":{"type":"layers","diff_ids":["sha256:%s","sha256:%s"]}}' "$(sum image/one/layer.tar)" \
  "$(sum image/two/layer.tar)" >config
cp config "image/$(sum config).json"
echo '[{"Config":"'"$(sum config)"'.json","RepoTags":["x:1"],"Layers":["one/layer.tar","two/layer.tar"]}]' >image/manifest.json
blob() { cp "$1" "oci/blobs/sha256/$(sum "$1")" && echo "sha256:$(sum "$1")"; }
gzip -k image/one/layer.tar
zstd -q image/two/layer.tar
printf '{"config":{"digest":"%s"},"layers":[{"digest":"%s"},{"digest":"%s"}]}' "$(blob config)" \
  "$(blob image/one/layer.tar.gz)" "$(blob image/two/layer.tar.zst)" >manifest
printf '{"manifests":[{"digest":"%s"}]}' "$(blob manifest)" >oci/index.json
echo '{"imageLayoutVersion":"1.0.0"}' >oci/oci-layout
for layout in image oci; do
  tar -C $layout -cf - . | hythe stack import $layout - >made || fail "$layout was refused"
  says made "Made $layout@$today: tiny-1"
  rootfs=$stacks/$layout@$today/rootfs
  [ "$(inside cat "$rootfs/etc/issue")" = 'from a layer' ] || fail "$layout lacks a layer"
  inside test ! -e "$rootfs/etc/motd" || fail "$layout has a file that a layer hides"
  inside test ! -e "$rootfs/etc/.wh.motd" || fail "$layout has a whiteout"
  hythe stack remove $layout >/dev/null
done

# What is not what it is announced as is refused, and leaves nothing.
before=$(everything)
echo 'from a stranger' >upper/etc/issue
tar -C upper -cf image/two/layer.tar etc
zstd -q -f image/two/layer.tar -o "oci/blobs/sha256/$(sum image/two/layer.tar.zst)"
for layout in image oci; do
  tar -C $layout -cf - . | hythe stack import $layout - >refused 2>&1 && fail "a changed $layout was accepted"
  says refused "^error: '.*' of the image has not the announced SHA-256 sum [0-9a-f]{64}$"
  says refused 'the image is damaged, or was changed'
  [ "$(everything)" = "$before" ] || fail "a changed $layout has left something"
done

# New apps are on the one that is called as the host's system, unless hythe.yml says otherwise.
hythe create before >created
says created '^Created before\. Deploy it:$'
hythe stack import debian-12 - <tiny.tar.gz >/dev/null
hythe create after >created
says created '^Created after on the stack debian-12\. Deploy it:$'
hythe info after >shown
says shown '^stack +debian-12$'
inside sh -c 'cp /etc/hythe/hythe.yml /tmp/hythe.yml && echo "stack: tiny" >>/etc/hythe/hythe.yml'
hythe create said >created
says created '^Created said on the stack tiny\.'
inside sh -c 'sed -i "s/^stack: .*/stack: nowhere/" /etc/hythe/hythe.yml'
hythe create nowhere >refused 2>&1 && fail "an app is on a stack that is not there"
says refused "there is no stack 'nowhere'"
inside cp /tmp/hythe.yml /etc/hythe/hythe.yml
for app in before after said; do hythe destroy $app --confirm $app >/dev/null; done
hythe stack remove debian-12 >/dev/null

# What nobody uses any more goes.
hythe destroy own --confirm own >/dev/null
hythe stack remove tiny >removed
says removed 'Removed tiny'
[ "$(inside ls -A $stacks)" = '.lock' ] || { inside ls -la $stacks; fail "something is left of it"; }
