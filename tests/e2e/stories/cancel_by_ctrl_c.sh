#!/bin/sh
# Ctrl-C during a silent and during a chatty build: cancelled within 10 s, nothing changed.
# Over ssh the hook gets no signal (the client is simply gone), so the client is killed here.
. "$(dirname "$0")/../story.sh"
new_app ctrlc slow
commit ctrlc one
push_succeeds ctrlc
consistent ctrlc one

aborted() { hythe deployments ctrlc "$1" >log && hythe deployments ctrlc | grep -qE "^ +$1 +aborted"; }
nobody_builds() { ! inside pgrep -x hythe-deploy && ! hythe ps ctrlc | grep -q one-off; }

# cancel_during NUMBER BUILD-COMMAND: pushes a build that runs the command, and kills the
# client once it has begun. What an earlier push said is not to be taken for its word.
cancel_during() {
  echo "$2" >ctrlc/build.sh
  commit ctrlc "cancelled-$1"
  # A session of its own, so that all of the client dies as by Ctrl-C.
  : >ctrlc.push
  setsid git -C ctrlc push hythe main >ctrlc.push 2>&1 & client=$!
  eventually 60 grep -q "building now" ctrlc.push
  kill -INT "-$client" 2>/dev/null || true
  kill -KILL "-$client" 2>/dev/null || true
  wait "$client" || true
  eventually 10 aborted "$1"
  eventually 10 nobody_builds
  consistent ctrlc one
}
cancel_during 2 'echo building now; sleep 120'
cancel_during 3 'echo building now; while :; do echo chatter chatter chatter; done'
no_leftovers ctrlc
echo 'echo building now' >ctrlc/build.sh
commit ctrlc two
push_succeeds ctrlc
consistent ctrlc two

# Once traffic has moved, a client that leaves changes nothing: git is slowed down after the hook.
inside sh -c 'printf "#!/bin/sh\ncase \$PWD in */ctrlc.git) sleep 3 ;; esac\n" >/usr/lib/hythe/hooks/update; chmod 755 /usr/lib/hythe/hooks/update'
commit ctrlc three
: >ctrlc.push
setsid git -C ctrlc push hythe main >ctrlc.push 2>&1 & client=$!
eventually 60 grep -q "<-- http" ctrlc.push
kill -KILL "-$client" 2>/dev/null || true
wait "$client" || true
inside rm /usr/lib/hythe/hooks/update
settled() { hythe deployments ctrlc | grep -qE '^ +5 +(success|aborted)'; }
eventually 30 settled
consistent ctrlc "$(inside git -c safe.directory='*' -C /var/lib/hythe/repos/ctrlc.git show main:version)"
no_leftovers ctrlc
