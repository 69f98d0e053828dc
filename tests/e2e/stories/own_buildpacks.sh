#!/bin/sh
# An app brings a buildpack of its own, and everything that buildpacks are promised holds in the
# container that serves: cache, variables, version, what is ignored, what is started.
. "$(dirname "$0")/../story.sh"
new_app bespoke
mkdir -p bespoke/bp/bin bespoke/docs
printf './bp\r\nprocfile\r\n' >bespoke/.buildpacks
printf '#!/bin/sh\necho Own\n' >bespoke/bp/bin/detect
cat >bespoke/bp/bin/compile <<'COMPILE'
#!/bin/bash
set -eu
count=$(($(cat "$2/count" 2>/dev/null || echo 0) + 1))
echo "$count" >"$2/count"
printf 'build %s\nvariable %s\n' "$count" "$(cat "$3/WORDS")" >"$1/seen"
echo "version $SOURCE_VERSION" >>"$1/seen"
echo "changed by the buildpack" >"$1/config.txt"
echo 'export FROM_EXPORT=yes' >export
mkdir -p "$1/.profile.d"
echo 'export FROM_PROFILE="$WORDS"' >"$1/.profile.d/bespoke.sh"
sleep 1000 &
COMPILE
printf '#!/bin/sh\n' >bespoke/bp/bin/release
printf '#!/bin/sh\necho "tool: 7"\n' >bespoke/bp/bin/report
chmod +x bespoke/bp/bin/*
printf 'docs\n' >bespoke/.slugignore
echo 'not for production' >bespoke/docs/page
echo original >bespoke/config.txt
printf '# comment\r\nweb: exec python3 answer.py\r\nprint: echo "$FROM_PROFILE"; cat seen config.txt; ls' >bespoke/Procfile
words='it is "quoted"   and
has two lines'
printf '%s' "$words" | inside hythe env bespoke set WORDS >/dev/null

commit bespoke one
push_succeeds bespoke
consistent bespoke one
says bespoke.push '=====> Detected Framework: Own'
says bespoke.push '=====> Detected Framework: Procfile'
says bespoke.push 'Applying .slugignore'
no_leftovers bespoke
hythe run bespoke 'echo "$FROM_PROFILE"; cat seen config.txt; ls' >out
printf '%s\nbuild 1\nvariable %s\nversion %s\nchanged by the buildpack\n' "$words" "$words" "$(commit_here bespoke)" >expected
head -n "$(wc -l <expected)" out | cmp - expected || { cat out; fail "the buildpack was told something else"; }
says_not out '^docs$'
hythe info bespoke >shown
says shown 'built by ./bp, procfile'
says shown 'build cache [1-9]'
inside cat "/var/lib/hythe/apps/bespoke/deployments/$(hythe deployments bespoke | awk 'NR == 1 { print $1 }').yml" >record
says record 'report: .*tool: 7'

# What a failed build does to the cache is not kept; what a good one does is.
sed -i '$a exit 1' bespoke/bp/bin/compile
commit bespoke two
push_fails bespoke
says bespoke.push "bin/compile of the buildpack 'bp' exited with code 1"
consistent bespoke one
sed -i '$d' bespoke/bp/bin/compile
commit bespoke three
push_succeeds bespoke
hythe run bespoke cat seen | grep -qx 'build 2' || fail "a failed build has changed the cache"
hythe cache clear bespoke >out
says out 'Cleared the build cache of bespoke: [1-9]'
hythe info bespoke >shown
says shown 'build cache 0 KiB'
commit bespoke four
push_succeeds bespoke
hythe run bespoke cat seen | grep -qx 'build 1' || fail "the cache was not cleared"

# An empty release: nothing says how to run the app.
rm bespoke/Procfile
sed -i '/procfile/d' bespoke/.buildpacks
commit bespoke five
push_fails bespoke
says bespoke.push 'nothing says how to run the app'
consistent bespoke four
