#!/bin/sh
# An archive is deployed as a push is: in every format, from the host and over ssh, with a name,
# also beside a branch that says something else. What fails leaves what serves.
. "$(dirname "$0")/../story.sh"

new_app paper
version() { # version TEXT: the source says so
  echo "$1" >paper/version
}
# deploys FILE [OPTION …]: over ssh, with the output in out
deploys() {
  file=$1 && shift
  remote deploy paper - "$@" <"$file" >out 2>&1 || { cat out; fail "$file was not deployed"; }
}
expect_code() {
  want=$1 && shift
  code=0
  "$@" >out 2>&1 || code=$?
  [ "$code" -eq "$want" ] || { cat out; fail "$* exited with $code instead of $want"; }
}

# Both layouts, every format; an app that was never pushed to needs no branch.
version one
tar -C paper --exclude=.git -c . >flat.tar
deploys flat.tar
serves paper one
sum=$(sha256sum flat.tar | cut -c1-64)
says out "archive $(echo "$sum" | cut -c1-7) \(stdin\), .* sha256 $sum"
says out "success: release 1 of paper serves"
says_not out "hint: .*branch"
hythe info paper >out
says out "^release +1, archive $(echo "$sum" | cut -c1-7) \(stdin\), "
says out "^state +release 1 serves \(archive"
expect_code 66 remote deploy paper
says out "nothing was pushed to 'paper' yet"
number=1
for how in gzip bzip2 xz zstd zip; do
  number=$((number + 1))
  version "by $how"
  rm -rf top && mkdir top && cp -r paper top/paper-1.0 # with its .git
  if [ $how = zip ]; then
    (cd top && python3 -m zipfile -c ../app.zip paper-1.0)
    deploys app.zip
  else
    tar -C top -c paper-1.0 | $how -c >"app.$how"
    deploys "app.$how"
  fi
  serves paper "by $how"
  says out "without the folder 'paper-1.0' around them"
done
inside sh -c "ls -A /var/lib/hythe/releases/paper/$number/app" >out
says_not out "^\.git$"
says out "^answer.py$"

# From the host, by its name; not over ssh.
version host
tar -C paper --exclude=.git -czf paper.tgz .
inside sh -c 'umask 022; cat >/srv/paper.tgz' <paper.tgz
hythe deploy paper /srv/paper.tgz --version v1.2 --message "from the host" >out || { cat out; fail "a file"; }
says out "archive v1.2 \(paper.tgz\)"
serves paper host
get paper env >out
says out "^CONTAINER_VERSION=v1.2$"
hythe deployments paper >out
says out "^ +7 +success +archive +root .* v1.2 +from the host"
hythe releases paper >out
says out "^ +7  serves .* v1.2 .* paper.tgz$"
expect_code 64 remote deploy paper /srv/paper.tgz
says out "'/srv/paper.tgz' would be a file of the host's"
expect_code 66 hythe deploy paper /srv/none.tgz
says out "cannot open '/srv/none.tgz' as user hythe: No such file"
inside sh -c 'cp /srv/paper.tgz /root/paper.tgz; chmod 600 /root/paper.tgz'
expect_code 66 hythe deploy paper /root/paper.tgz
says out "Permission denied"
says out "hint: give it as stdin"
expect_code 66 hythe deploy paper /srv
says out "is a directory"
expect_code 66 hythe deploy paper /dev/zero
for name in "" "two words" "-v" "$(printf 'a\033[2Jb')" "$(printf '%0101d' 1)"; do
  expect_code 64 inside hythe deploy paper /srv/paper.tgz --version "$name"
  says out "is not the name of a version"
done
expect_code 64 hythe deploy paper --version v1
expect_code 64 remote deploy paper - --version v1 more

# SOURCE_VERSION is what it was called, and there is nothing of git's in a build.
mkdir -p look/pack/bin && cp paper/answer.py paper/Procfile look/
printf '#!/bin/sh\necho "source version: $SOURCE_VERSION, git: $(env | grep -c ^GIT_)"\n' >look/pack/bin/compile
printf '#!/bin/sh\necho look\n' >look/pack/bin/detect
printf '#!/bin/sh\necho\n' >look/pack/bin/release
chmod +x look/pack/bin/*
echo ./pack >look/.buildpacks
echo looked >look/version
tar -cz look >look.tgz
deploys look.tgz --version v2
says out "source version: v2, git: 0"
serves paper looked

# A broken one leaves what serves; so does one that dies on its way.
mkdir broken && echo 'web: exit 3' >broken/Procfile
tar -cz broken >broken.tgz
expect_code 65 remote deploy paper - <broken.tgz
says out "crashed-error"
says out "hint: release 8 still serves"
says out "hint: release 8 serves \(archive v2\)"
head -c 400 paper.tgz >cut.tgz
expect_code 65 remote deploy paper - <cut.tgz
says out "the archive cannot be read"
serves paper looked
# Tried without being deployed.
expect_code 0 remote deploy paper - --dry-run --version trial <paper.tgz
says out "archive trial \(stdin\), built by"
says out "in place of release 8, archive v2"
serves paper looked
[ -z "$(inside sh -c 'ls -A /var/lib/hythe/apps | grep -i archive')" ] || fail "an archive is left over"

# Beside a branch: what serves and what the branch says differ on purpose, and everybody says so.
commit paper pushed
push_succeeds paper
says paper.push "until now release 8 serves \(archive v2\)"
consistent paper pushed
tip=$(git -C paper rev-parse --short=7 HEAD)
version archived
tar -C paper --exclude=.git -czf paper.tgz .
deploys paper.tgz --version v3
serves paper archived
beside="serves \(archive v3\); the branch is at $tip, which does not serve"
release=$(hythe info paper | sed -n 's/^release *\([0-9]*\),.*/\1/p')
says out "hint: release $release $beside"
says out "hint: to build and serve the branch: hythe deploy paper"
hythe info paper >out
says out "^state +release $release $beside"
hythe releases paper >out
says out "^release $release $beside"
hythe deployments paper >out
says out "^release $release $beside"
hythe diff paper >out
says out "^source +commit $tip -> archive v3 \(stdin\), sha256 $(sha256sum paper.tgz | cut -c1-12)"
push_succeeds paper
says paper.push "Everything up-to-date"
says paper.push "hint: release $release $beside"

# Back and forth.
remote rollback paper >out 2>&1 || { cat out; fail "rollback from an archive"; }
says_not out "archive"
consistent paper pushed
remote rollback paper "$release" >out 2>&1 || { cat out; fail "rollback to an archive"; }
says out "hint: release $release serves \(archive v3, rolled back from [0-9]*\); the branch is at $tip, which"
serves paper archived
hythe scale paper web=2 >out || { cat out; fail "scale"; }
serves paper archived
hythe info paper >out
says out "^release +$release, archive v3"
commit paper again
push_succeeds paper
says paper.push "until now release $release serves \(archive v3, rolled back from"
consistent paper again
hythe info paper >out
says out "^state +release [0-9]* serves$"
deploys paper.tgz --version v4 --detach
says out "detached: you may leave"
eventually 30 serves paper archived
eventually 30 nobody_settles
remote deploy paper >out 2>&1 || { cat out; fail "deploy of the branch"; }
says out "until now release [0-9]* serves \(archive v4\)"
consistent paper again

# Two at once take turns, and a client that leaves cancels.
remote deploy paper - --version a <paper.tgz >first 2>&1 & one=$!
remote deploy paper - --version b <paper.tgz >second 2>&1 & two=$!
wait $one || { cat first; fail "the first of two"; }
wait $two || { cat second; fail "the second of two"; }
serves paper archived
eventually 60 nobody_settles
no_leftovers paper 2
