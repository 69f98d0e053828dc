#!/bin/sh
# What can be asked for with a push or with `hythe deploy`: a closed list.
. "$(dirname "$0")/../story.sh"
new_app opts
mkdir -p opts/bp/bin opts/other/bin
printf './bp\nprocfile\n' >opts/.buildpacks
for bp in bp other; do printf '#!/bin/sh\necho Own\n' >opts/$bp/bin/detect; done
# It counts its builds in the cache, and fails when an option is in its environment.
cat >opts/bp/bin/compile <<'COMPILE'
#!/bin/bash
set -eu
if env | grep -E 'PUSH_OPTION|no-cache|rhubarb'; then exit 1; fi
count=$(($(cat "$2/count" 2>/dev/null || echo 0) + 1))
echo "$count" >"$2/count"
echo "$count" >"$1/count"
[ ! -e "$1/broken" ]
COMPILE
printf '#!/bin/sh\necho other >"$1/count"\n' >opts/other/bin/compile
chmod +x opts/*/bin/*
echo 'postdeploy: echo postdeploy ran' >>opts/Procfile
commit opts one

count() { hythe run opts cat count; }
counts() { [ "$(count)" = "$1" ] || fail "the build is '$(count)' instead of '$1'"; }
no_deployment() { [ "$(hythe deployments opts | wc -l)" -eq "$1" ] || fail "something was begun"; }

# An option that there is not, before anything is done.
push_fails opts -o detach -o rhubarb=1
says opts.push "error: there is no option 'rhubarb'"
says opts.push "hint: there are: detach, no-cache, dry-run, buildpack=NAME, message=TEXT"
push_fails opts -o "message=$(head -c 201 /dev/zero | tr '\0' x)"
says opts.push "error: the option 'message' has more than 200 characters"
if hythe deploy opts --rhubarb >out 2>&1; then fail "an option that there is not"; fi
no_deployment 0

# A dry run of the first version: all of it but postdeploy and the traffic, and nothing is left.
push_fails opts -o dry-run
says opts.push "web.1, which started and answered"
says opts.push "after postdeploy: echo postdeploy ran"
says opts.push "in place of nothing"
says opts.push "error: this was a dry run: nothing was deployed"
says_not opts.push "Running postdeploy"
no_release() { [ -z "$(inside sh -c 'ls -A /var/lib/hythe/releases/opts 2>/dev/null')" ]; }
no_release || fail "a release is left"
nobody() { [ -z "$(hythe ps opts)" ] && [ -z "$(inside sh -c 'ls -d /run/hythe/containers/opts.* 2>/dev/null')" ]; }
eventually 30 nobody

push_succeeds opts -o message="the first one"
consistent opts one
counts 1
hythe deployments opts >list
says list "^ +2 +success .*  the first one$"
says list "^ +1 +aborted .*\(this was a dry run: nothing was deployed\)$"

# The cache: not used, and replaced; by a good build only.
commit opts two
push_succeeds opts
counts 2
touch opts/broken
commit opts broken
push_fails opts -o no-cache
rm opts/broken
commit opts three
push_succeeds opts
counts 3
commit opts four
push_succeeds opts -o no-cache
counts 1
commit opts five
push_succeeds opts
counts 2

# A buildpack, this time only.
commit opts six
push_fails opts -o buildpack=nosuch
says opts.push "there is no buildpack 'nosuch', which the option 'buildpack' asks for"
consistent opts five
push_succeeds opts -o buildpack=./other
counts other
remote deploy opts --no-cache --message "'once more'" >out || { cat out; fail "hythe deploy"; }
counts 1
hythe deploy opts --buildpack ./other >out || { cat out; fail "hythe deploy --buildpack"; }
counts other

# A dry run beside a version that serves: it goes on serving, and the cache is as it was.
hythe deploy opts >/dev/null || fail "hythe deploy"
counts 2
commit opts seven
push_fails opts -o dry-run
says opts.push "in place of release [0-9]+, commit"
consistent opts six
hythe deploy opts --dry-run >out || { cat out; fail "a dry run that comes through is no failure"; }
says out "this was a dry run: nothing was deployed"
eventually 30 no_leftovers opts
inside sh -c 'ls -A /var/lib/hythe/releases/opts' >list
says_not list '\.'
push_succeeds opts
counts 3
consistent opts seven

# One that is killed leaves nothing either.
eventually 90 nobody_settles
inside sh -c 'ls -A /var/lib/hythe/releases/opts' >before
sed -i 's/^web: .*/web: sleep 30; exec python3 answer.py/' opts/Procfile
commit opts late
: >opts.push
push opts -o dry-run & pusher=$!
eventually 60 grep -q "Starting web.1" opts.push
inside sh -c 'kill -9 "$(sed -n "s/^pid:[^0-9]*\([0-9]*\).*/\1/p" /var/lib/hythe/apps/opts/lock)"'
if wait $pusher; then fail "a push whose deployment was killed was accepted"; fi
as_before() { inside sh -c 'ls -A /var/lib/hythe/releases/opts' | cmp - before; }
eventually 30 as_before
consistent opts seven
no_leftovers opts

# One that does not come through says why, as any deployment does.
echo 'web: exit 3' >opts/Procfile
commit opts eight
push_fails opts -o dry-run
says opts.push "web.1 exited with code 3"
consistent opts seven
no_leftovers opts
