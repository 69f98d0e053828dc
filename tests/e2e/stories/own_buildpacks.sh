#!/bin/sh
# An app brings a buildpack of its own, and everything that buildpacks are promised holds in the
# container that serves: cache, variables, version, what is ignored, what is started.
. "$(dirname "$0")/../story.sh"
new_app own
mkdir -p own/bp/bin own/docs
printf './bp\r\nprocfile\r\n' >own/.buildpacks
printf '#!/bin/sh\necho Own\n' >own/bp/bin/detect
cat >own/bp/bin/compile <<'COMPILE'
#!/bin/bash
set -eu
count=$(($(cat "$2/count" 2>/dev/null || echo 0) + 1))
echo "$count" >"$2/count"
printf 'build %s\nvariable %s\n' "$count" "$(cat "$3/WORDS")" >"$1/seen"
echo "version $SOURCE_VERSION" >>"$1/seen"
echo "changed by the buildpack" >"$1/config.txt"
echo 'export FROM_EXPORT=yes' >export
mkdir -p "$1/.profile.d"
echo 'export FROM_PROFILE="$WORDS"' >"$1/.profile.d/own.sh"
sleep 1000 &
COMPILE
printf '#!/bin/sh\n' >own/bp/bin/release
printf '#!/bin/sh\necho "tool: 7"\n' >own/bp/bin/report
chmod +x own/bp/bin/*
printf 'docs\n' >own/.slugignore
echo 'not for production' >own/docs/page
echo original >own/config.txt
printf '# comment\r\nweb: exec python3 server.py\r\nprint: echo "$FROM_PROFILE"; cat seen config.txt; ls' >own/Procfile
words='it is "quoted"   and
has two lines'
printf '%s' "$words" | inside hythe env own set WORDS >/dev/null

commit own one
push_succeeds own
consistent own one
says own.push '=====> Detected Framework: Own'
says own.push '=====> Detected Framework: Procfile'
says own.push 'Applying .slugignore'
no_leftovers own
hythe run own 'echo "$FROM_PROFILE"; cat seen config.txt; ls' >out
printf '%s\nbuild 1\nvariable %s\nversion %s\nchanged by the buildpack\n' "$words" "$words" "$(commit_here own)" >expected
head -n "$(wc -l <expected)" out | cmp - expected || { cat out; fail "the buildpack was told something else"; }
says_not out '^docs$'
hythe info own >shown
says shown 'built by ./bp, procfile'
says shown 'build cache [1-9]'
inside cat "/var/lib/hythe/apps/own/deployments/$(hythe deployments own | awk 'NR == 1 { print $1 }').yml" >record
says record 'report: .*tool: 7'

# What a failed build does to the cache is not kept; what a good one does is.
sed -i '$a exit 1' own/bp/bin/compile
commit own two
push_fails own
says own.push "bin/compile of the buildpack 'bp' exited with code 1"
consistent own one
sed -i '$d' own/bp/bin/compile
commit own three
push_succeeds own
hythe run own cat seen | grep -qx 'build 2' || fail "a failed build has changed the cache"
hythe cache clear own >out
says out 'Cleared the build cache of own: [1-9]'
hythe info own >shown
says shown 'build cache 0 KiB'
commit own four
push_succeeds own
hythe run own cat seen | grep -qx 'build 1' || fail "the cache was not cleared"

# An empty release: nothing says how to run the app.
rm own/Procfile
sed -i '/procfile/d' own/.buildpacks
commit own five
push_fails own
says own.push 'nothing says how to run the app'
consistent own four
