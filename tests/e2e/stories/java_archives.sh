#!/bin/sh
# A JAR is deployed as the file that it is, whatever it is called, and is told from a zip that
# only holds one. A Procfile and system.properties beside it count.
. "$(dirname "$0")/../story.sh"
command -v javac >/dev/null || { echo "skipped: there is no javac"; exit 0; }
SCRATCH=$PWD
export SCRATCH
make_jar() { "$HERE/../buildpacks/java/make-jar" "$@"; }
deploys() { # deploys FILE [OPTION …]
  file=$1 && shift
  remote deploy cup - "$@" <"$file" >out 2>&1 || { cat out; fail "$file was not deployed"; }
}
refused() { # refused FILE WORDS
  if remote deploy cup - <"$1" >out 2>&1; then cat out; fail "$1 was deployed"; fi
  says out "$2"
}
hythe create cup >/dev/null
make_jar cup.jar

# As it is, from stdin: what it is says its content. JAVA_OPTS is the app's.
hythe env cup set JAVA_OPTS="-Dmotto=first -Xmx64m" >/dev/null
deploys cup.jar --version 1.0
says out "a JAR, built as 'app.jar'"
says out "JAR app detected"
says out "success: release 1 of cup serves"
get cup >out
says out "port from PORT, .* motto first"
hythe info cup >out
says out "^release +1, archive 1.0 \(stdin\), .* built by jar"

# By its name, which it keeps; a name that says more than there is is refused.
inside sh -c 'umask 022; cat >/srv/cup-1.1.jar' <cup.jar
hythe deploy cup /srv/cup-1.1.jar >out || { cat out; fail "a file"; }
says out "a JAR, built as 'cup-1.1.jar'"
says out "web: java .*-jar cup-1.1.jar"
make_jar library.jar "Created-By: nobody"
inside sh -c 'umask 022; cat >/srv/library.jar' <library.jar
if hythe deploy cup /srv/library.jar >out 2>&1; then fail "a library was deployed"; fi
says out "'library.jar' is neither a WAR nor a JAR that can be run"
# Without a name it is a zip with files in it, which no buildpack knows.
refused library.jar "no buildpack can be chosen for this source"

# Beside a Procfile and system.properties, in a tar with a folder and in a zip without.
mkdir -p beside && cp cup.jar beside/service.jar
printf 'web: java -Dmotto=beside $JAVA_OPTS -jar service.jar\nworker: sleep 1000\n' >beside/Procfile
echo "java.runtime.version=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p')" >beside/system.properties
hythe env cup unset JAVA_OPTS >/dev/null
tar -cz beside >beside.tgz
deploys beside.tgz
says out "3 files, without the folder 'beside'"
get cup >out
says out "motto beside"
sed -i 's/beside/zipped/' beside/Procfile
(cd beside && python3 -m zipfile -c ../beside.zip Procfile system.properties service.jar)
deploys beside.zip
says out "3 files$"
get cup >out
says out "motto zipped"

# A source that looks a little like a JAR is a source.
mkdir -p source/META-INF
printf 'Main-Class: Server\n' >source/META-INF/MANIFEST.MF
echo 'web: python3 answer.py' >source/Procfile
cp "$HERE/apps/web/answer.py" source/
echo source >source/version
(cd source && python3 -m zipfile -c ../source.zip META-INF Procfile answer.py version)
deploys source.zip
says out "Procfile app detected"
serves cup source

# A damaged one is no JAR any more, and what serves goes on.
head -c 1000 cup.jar >cut.jar
refused cut.jar "the archive cannot be read"
serves cup source
# WEB-INF makes a WAR: what serves it is downloaded, or is in the stack (tests/slow/war).
mkdir -p war/WEB-INF && echo '<web-app/>' >war/WEB-INF/web.xml
(cd war && python3 -m zipfile -c ../site.war WEB-INF)
hythe env cup set WEBAPP_RUNNER_URL=http://127.0.0.1:1/runner.jar --no-restart >/dev/null
remote deploy cup - --dry-run <site.war >out 2>&1 || true
says out "a WAR, built as 'app.war'"
says out "WAR app detected"
serves cup source
no_leftovers cup
