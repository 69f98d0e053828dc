#!/bin/sh
# What builds and containers have of the app's variables and of the administrator's; and that
# the latter, a proxy's password among them, are on no command line.
. "$(dirname "$0")/../story.sh"
inside sed -i 's/^  environment:/&\n    FROM_HOST: of-the-host/' /etc/hythe/hythe.yml
new_app vars
# shellcheck disable=SC2016 # hythe's, not the shell's
hythe env vars set 'DATABASE_URL=$MONGO_URL' MONGO_URL=mongo://x 'LOST=$NOWHERE' 1ST=first >/dev/null
mkdir -p vars/bp/bin
echo ./bp >vars/.buildpacks
printf '#!/bin/sh\necho Vars\n' >vars/bp/bin/detect
cat >vars/bp/bin/compile <<'COMPILE'
#!/bin/bash
echo "database $DATABASE_URL, as a file $(cat "$3/DATABASE_URL"), lost $LOST"
echo "digit $(cat "$3/1ST"), exported $(env | grep -c ^1ST)"
echo "host $FROM_HOST, memory $MEMORY_AVAILABLE"
mkfifo /tmp/go
echo "ready to be looked at"
read -rt 60 <>/tmp/go
COMPILE
printf '#!/bin/sh\nprintf -- "---\\naddons:\\n- heroku-postgresql\\n"\n' >vars/bp/bin/release
echo "a line that is none" >>vars/Procfile
if hythe env vars set 'MONGO_URL=$DATABASE_URL' >out 2>&1; then fail "an alias goes in a circle"; fi
# shellcheck disable=SC2016 # the name of a variable
says out "error: 'MONGO_URL' would be an alias in a circle, by way of '.DATABASE_URL': one of them must have a value"
# shellcheck disable=SC2016 # the name of a variable
[ "$(hythe env vars get DATABASE_URL)" = '$MONGO_URL' ] || fail "an alias is not shown as it was set"
commit vars one
push vars -o buildpack=./bp & pushing=$!
eventually 60 grep -q "ready to be looked at" vars.push
inside ps -eo args >processes
# shellcheck disable=SC2016 # for the shell inside
inside sh -c 'echo go >"/proc/$(pgrep -of "^/.hythe/build")/root/tmp/go"'
says processes '^/.hythe/build id vars-1 '
says_not processes 'of-the-host'
says_not processes '\./bp'
wait "$pushing" || { cat vars.push; fail "the push failed"; }
says vars.push 'database mongo://x, as a file mongo://x, lost \$NOWHERE'
says vars.push 'digit first, exported 0'
says vars.push 'host of-the-host, memory [0-9]+'
says vars.push '-----> Stack: host \(.+\)'
says vars.push "warning: hythe has no add-ons: heroku-postgresql; set their variables yourself"
says vars.push "warning: Procfile line [0-9]+: 'a line that is none' is not 'TYPE: COMMAND', ignoring it"
get vars env >out
says out '^DATABASE_URL=mongo://x$'
says out '^MEMORY_AVAILABLE=[0-9]+$'
says_not out '^1ST|FROM_HOST'
inside sed -i '/FROM_HOST/d' /etc/hythe/hythe.yml
