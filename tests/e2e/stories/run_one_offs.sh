#!/bin/sh
# hythe run: on a terminal as at one's own, in a pipe byte by byte, and on its own.
. "$(dirname "$0")/../story.sh"

# seated STEP … -- WORD …: hythe, over ssh with a terminal, as somebody who sits there.
seated() {
  steps=
  while [ "$1" != -- ]; do
    steps="$steps '$1'"
    shift
  done
  shift
  code=0
  # shellcheck disable=SC2086 # the words of a command
  eval "\"\$HERE/on_terminal\" $steps" -- $GIT_SSH_COMMAND -tt hythe@127.0.0.1 '"$@"' >shown || code=$?
}
exits() { [ "$code" -eq "$1" ] || { cat shown; fail "the exit code is $code instead of $1"; }; }
is_running() { hythe ps oneoff | grep -q "^$1 .*one-off"; }
is_over() { ! is_running "$1"; }
logged() { hythe logs oneoff "$1" | grep -q "$2"; }

new_app oneoff
cat >>oneoff/Procfile <<'PROCFILE'
greet: printf '<%s>\n' "$GREETING"
PROCFILE
commit oneoff one
if remote run oneoff true 2>refused; then fail "there is no release yet"; fi
says refused "nothing was deployed"
push_succeeds oneoff

# A terminal: its size, its changes, job control, keys that are signals, exit code.
# What waits says so itself: by then it has the foreground, and keys reach it and not the shell.
export TERM=screen.xterm-256color
seated size:33x101 'see:\$ ' 'type:stty size\r' 'see:33 101' 'type:echo TERM=$TERM $(tty)\r' \
  'see:TERM=screen.xterm-256color /dev/pts/0' \
  'type:trap "stty size" WINCH; echo rea"dy"\r' see:ready size:50x20 'see:50 20' \
  'type:sh -c "echo $((1000+234)); exec sleep 100"\r' see:1234 'type:\x03' 'type:echo "after=$?"\r' 'see:after=130' \
  'type:sh -c "echo $((1000+234)); exec sleep 100"\r' see:1234 'type:\x1a' 'see:Stopped' 'type:kill %%\r' \
  'type:sh -c "echo $((1000+234)); exec sleep 100"\r' see:1234 'type:\x1c' 'type:echo "after=$?"\r' 'see:after=131' \
  'type:exit 7\r' -- run oneoff bash
exits 7
says_not shown "no job control"
seated -- run oneoff "'kill -TERM \$\$'"
exits 143
seated -- run oneoff ./no/such
exits 127
says shown "No such file"
seated see:secret 'type:a line\r' 'see:got a line' -- run oneoff "'stty -echo; echo secret; read -r x; echo got \$x'"
exits 0
[ "$(grep -c 'a line' shown)" -eq 1 ] || { cat shown; fail "what is typed is shown twice"; }
seated -- run oneoff 'seq 30000'
exits 0
says shown "^30000"
[ "$(wc -l <shown)" -eq 30000 ] || fail "of 30000 lines $(wc -l <shown) were shown"
# On the host itself. What ends hythe leaves the terminal as it was (on_terminal: 98).
# shellcheck disable=SC2086 # the words of a command
on_host() { code=0; "$HERE/on_terminal" "$@" >shown || code=$?; }
# shellcheck disable=SC2086 # the words of a command
on_host size:20x70 'see:\$ ' 'type:stty size\r' 'see:20 70' 'type:exit 4\r' -- $HYTHE_RUN hythe run oneoff bash
exits 4
# shellcheck disable=SC2086 # the words of a command
on_host see:begun "do:$HYTHE_RUN pkill -TERM -x hythe" -- \
  $HYTHE_RUN sh -c 'hythe run oneoff "echo begun; sleep 100"; echo "code $?"'
exits 0
says shown "code 143"
eventually 10 is_over run.1

# Every other verb does not mind a terminal.
seated -- ps oneoff
says shown "^web.1 "
exits 0

# Whoever goes away hangs up. What does not mind is told again.
seated see:waits leave -- run oneoff "'trap : HUP; echo waits; while :; do sleep 1; done'"
is_running run.1 || fail "a command that has a trap for SIGHUP is gone at once"
eventually 20 is_over run.1
seated 'see:\$ ' leave -- run oneoff bash
eventually 4 is_over run.1

# A pipe: both directions byte by byte, stderr apart, the end of stdin, exit codes.
head -c 1000000 /dev/urandom >bytes
remote run oneoff cat <bytes >back
cmp bytes back || fail "a pipe is not byte-exact"
remote run oneoff "'cat; echo aside >&2; exit 9'" <bytes >back 2>aside && fail "exit 9 was 0" || code=$?
[ $code -eq 9 ] || fail "exit 9 is $code"
cmp bytes back || fail "stderr is in stdout"
[ "$(cat aside)" = aside ] || { cat aside; fail "stderr"; }
[ "$(remote run oneoff "'test -t 0 || echo no terminal'" </dev/null)" = "no terminal" ] || fail "a terminal in a pipe"

# Variables, sizes, process types with arguments; the command's own options are its own.
[ "$(remote run oneoff --env GREETING=hi --env "'OTHER=a b'" greet "'x y'")" = "<hi>
<x y>" ] || fail "a process type with arguments"
remote run oneoff --size L --env PLAIN=1 printenv >out
says out "^CONTAINER_SIZE=L$"
says out "^CONTAINER_MEMORY=1073741824$"
says out "^CONTAINER=run-1$"
says out "^PLAIN=1$"
says out "^TERM=dumb$"
[ "$(remote run oneoff echo --env x --size)" = "--env x --size" ] || fail "options of the command"
for words in "--size huge true" "--env PORT=1 true" "--env nothing true" "--timeout 25h true" \
  "--timeout 10ms true" "--frobnicate true" "--stop web.1" "--stop run.1 true" "--detach"; do
  code=0
  # shellcheck disable=SC2086 # words
  remote run oneoff $words >out 2>&1 || code=$?
  [ $code -eq 64 ] || [ $code -eq 65 ] || { cat out; fail "'$words' exits with $code"; }
done

# Time.
code=0
remote run oneoff --timeout 1s "'echo begun; exec sleep 100'" >out 2>&1 || code=$?
[ $code -eq 124 ] || fail "a timeout exits with $code"
says out "^begun$"
says out "stopped after 1 second"
seated -- run oneoff --timeout 1s sleep 100
exits 124
says shown "stopped after 1 second"

# Several at once have names of their own. On its own: the client leaves, a deployment comes.
mkfifo hold
remote run oneoff cat <hold >held &
attached=$!
exec 7>hold
eventually 10 is_running run.1
remote run oneoff --detach "'echo begun \$CONTAINER; trap \"echo asked; exit 3\" TERM; while :; do sleep 0.1; done'" >out
says out "^Started run.2"
eventually 10 logged run.2 "begun run-2"
commit oneoff two
push_succeeds oneoff
serves oneoff two
is_running run.1 || fail "a deployment ended an attached one-off"
hythe ps oneoff >out
says out "^run.2 +release 1 .*one-off"
says out "^web.1 +release 2 .*serves"
remote run oneoff --stop run.2 >out
says out "^Stopping run.2$"
eventually 10 is_over run.2
hythe logs oneoff run.2 >out
says out "run.2: asked"
says out "run.2: hythe: exited with code 3"
says_not out "web.1"
remote run oneoff --stop run.1 >out
code=0
wait $attached || code=$?
[ $code -eq 143 ] || fail "a stopped one-off exits with $code"
exec 7>&-
code=0
remote run oneoff --stop run.1 2>out || code=$?
[ $code -eq 66 ] || fail "stopping nothing exits with $code"
says out "no 'run.1' of 'oneoff' is running"
remote run oneoff --detach --timeout 1s sleep 100 >out
eventually 10 logged run.1 "stopped after 1 second, its time limit"
no_leftovers oneoff

remote run oneoff --detach sleep 1000 >/dev/null
hythe destroy oneoff --confirm oneoff >/dev/null
[ -z "$(inside sh -c 'ls -d /run/hythe/containers/oneoff* 2>/dev/null')" ] || fail "a one-off outlives its app"
