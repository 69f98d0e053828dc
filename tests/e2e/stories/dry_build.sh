#!/bin/sh
# Whoever writes a buildpack tries it without a push, and without an app.
. "$(dirname "$0")/../story.sh"
inside sh -c '
  mkdir -p /srv/try/app/sub /srv/try/bp/bin
  cd /srv/try
  echo "web: cat made" >app/Procfile
  echo hello >app/sub/file
  echo "echo Tried" >bp/bin/detect
  printf "#!/bin/bash\nset -e\necho compiling \$VALUE\ncat \$1/sub/file >\$1/made\n[ ! -e \$1/bp ] && [ ! -e \$1/.hythe-buildpack ]\n" >bp/bin/compile
  printf "#!/bin/sh\necho \"default_process_types:\"\necho \"  worker: sleep 1\"\n" >bp/bin/release
  sed -i "1i #!/bin/sh" bp/bin/detect
  printf "#!/bin/sh\necho tool: 7\n" >bp/bin/report'
hythe build --dry /srv/try/app --buildpack /srv/try/bp/ -e VALUE="a b" >out || { cat out; fail "the buildpack was not tried"; }
says out '^-----> Tried app detected'
says out '^compiling a b$'
says out '^       buildpacks: ./bp$'
says out '^       web: cat made$'
says out '^       worker: sleep 1$'
says out '^tool: 7$'
if hythe list | grep -q dry; then fail "a dry build made an app"; fi

# A tar from anywhere, over ssh as well.
mkdir app
echo 'web: python3 -m http.server' >app/Procfile
tar -c -C app . | remote build --dry - >out || { cat out; fail "a tar was not built over ssh"; }
says out '^-----> Procfile app detected'
if remote build --dry /etc >out 2>&1; then fail "a directory of the host was built over ssh"; fi
says out 'over ssh only a tar on stdin can be built'
if hythe build --dry /nowhere >out 2>&1; then fail "nothing was built"; fi
says out "there is no directory '/nowhere'"
if hythe build /srv/try/app >out 2>&1; then fail "a build without --dry"; fi
says out 'usage: hythe build --dry'

# A failure says what a push would say.
inside sh -c 'rm /srv/try/app/sub/file'
if hythe build --dry /srv/try/app --buildpack /srv/try/bp >out 2>&1; then fail "a build that fails succeeded"; fi
says out "bin/compile of the buildpack 'bp' exited with code 1"
inside sh -c '[ -z "$(ls /var/lib/hythe/builds/dry-run)" ]' || eventually 5 inside sh -c '[ -z "$(ls /var/lib/hythe/builds/dry-run)" ]'

# Several build at once. Whoever waits for their turn, and whose client goes away, waits no more.
mkdir -p slow/bp/bin
printf '#!/bin/sh\necho Slow\n' >slow/bp/bin/detect
# shellcheck disable=SC2016 # the buildpack's
printf '#!/bin/sh\necho "builds now"\nexec sleep 300\n' >slow/bp/bin/compile
echo ./bp >slow/.buildpacks
tar -c -C slow . >slow.tar
inside sh -c 'cp -p /etc/hythe/hythe.yml /tmp/hythe.yml; echo "builds: 2" >>/etc/hythe/hythe.yml'
processes() { inside pgrep -xc hythe || true; }
are() { [ "$(processes)" = "$1" ]; }
# Not by a function: the client itself is to be killed.
# shellcheck disable=SC2086 # the words of a command
$GIT_SSH_COMMAND hythe@127.0.0.1 build --dry - <slow.tar >first 2>&1 & first=$!
eventually 60 grep -q "builds now" first
# shellcheck disable=SC2086 # the words of a command
$GIT_SSH_COMMAND hythe@127.0.0.1 build --dry - <slow.tar >second 2>&1 & second=$!
eventually 60 grep -q "builds now" second
before=$(processes)
# shellcheck disable=SC2086 # the words of a command
$GIT_SSH_COMMAND hythe@127.0.0.1 build --dry - <slow.tar >third 2>&1 & third=$!
eventually 60 grep -q "Waiting for a build slot: you are next" third
kill "$third"
wait "$third" || true
eventually 20 are "$before"
hythe doctor >out 2>&1 || true
says_not out 'dry-run'
kill "$first" "$second"
wait "$first" || true
wait "$second" || true
eventually 20 are 0
inside cp -p /tmp/hythe.yml /etc/hythe/hythe.yml
for name in dry-run dry-run-2; do
  if hythe create $name >out 2>&1; then fail "an app has the name of a dry build"; fi
  says out "'$name' cannot be the name of an app"
done

# The limits of a push hold.
inside sh -c 'echo "  image_size: 1 MiB" >>/etc/hythe/hythe.yml'
# shellcheck disable=SC2016 # the buildpack's
printf '#!/bin/sh\nhead -c 2000000 /dev/zero >"$1/large"\n' >slow/bp/bin/compile
tar -c -C slow . >slow.tar
if remote build --dry - <slow.tar >out 2>&1; then fail "an app beyond the limit was built"; fi
says out 'the built app is 1.9 MiB, the limit is 1.0 MiB'
inside sed -i '/image_size/d' /etc/hythe/hythe.yml
