#!/bin/sh
# kill -9 of each process of the path at each stage: the old version serves, nothing is left
# over, and the next push works.
. "$(dirname "$0")/../story.sh"
new_app killme slow
commit killme one
push_succeeds killme
consistent killme one
number=1

pid_of() {
  case $1 in
  receive-pack) inside pgrep -f '^[^ ]*git[- ]receive-pack .*killme' ;;
  sshd) inside pgrep -u hythe -x sshd ;;
  hythe-container) inside pgrep -f '^[^ ]*hythe-container (build|start|run) killme' ;;
  *) inside pgrep -x "$1" ;;
  esac | tail -n 1
}
push_ended() { ! kill -0 "$pusher" 2>/dev/null; }

# kill_during STAGE PROCESS
kill_during() {
  number=$((number + 1))
  for stage in build boot postdeploy; do echo "echo $stage" >"killme/$stage.sh"; done
  echo "echo $1 begins; sleep 60" >"killme/$1.sh"
  commit killme "killed-$number"
  push killme & pusher=$!
  case $1 in
  boot) eventually 60 inside grep -q "boot begins" -r /var/log/hythe/killme ;;
  *) eventually 60 grep -q "$1 begins" killme.push ;;
  esac
  victim=$(pid_of "$2")
  [ -n "$victim" ] || fail "there is no $2"
  inside kill -9 "$victim"
  eventually 20 push_ended
  if wait "$pusher"; then cat killme.push; fail "the push succeeded without its $2 in '$1'"; fi
  consistent killme one
  no_leftovers killme
  inside sh -c 'rm -f /var/log/hythe/killme/*'
  echo "ok: $2 in $1"
}
for process in pre-receive hythe-deploy receive-pack sshd hythe-container; do
  for stage in build boot postdeploy; do kill_during $stage $process; done
done

# Between the switch and git's answer, which a slow hook makes long enough to be hit.
inside sh -c 'printf "#!/bin/sh\ncase \$PWD in */killme.git) sleep 4 ;; esac\n" >/usr/lib/hythe/hooks/update; chmod 755 /usr/lib/hythe/hooks/update'
for stage in build boot postdeploy; do echo "echo $stage" >"killme/$stage.sh"; done

commit killme two
push killme & pusher=$!
eventually 60 grep -q "<-- http" killme.push
inside kill -9 "$(pid_of hythe-deploy)"
wait "$pusher" || { cat killme.push; fail "git's answer needs no deployment any more"; }
settled() { hythe info killme | grep -q "^last .*success"; }
eventually 20 settled
consistent killme two
no_leftovers killme

commit killme three
push killme & pusher=$!
eventually 60 grep -q "<-- http" killme.push
inside kill -9 "$(pid_of receive-pack)"
if wait "$pusher"; then fail "the push succeeded without receive-pack"; fi
reverted() { hythe info killme | grep -q "^last .*aborted"; }
eventually 20 reverted
inside rm /usr/lib/hythe/hooks/update
consistent killme two
no_leftovers killme

commit killme four
push_succeeds killme
consistent killme four
no_leftovers killme
