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
