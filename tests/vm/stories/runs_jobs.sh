#!/bin/sh
# The timer starts what is due, once, and the journal hears of that and of no other minute.
. "$(dirname "$0")/../story.sh"
new_app timed
echo '{"jobs": [{"command": "* * * * * echo one of $APP at $(date +%M)"}]}' >timed/cron.json
commit timed one
push_succeeds timed
runs() { inside sh -c "cat /var/log/hythe/timed/run.1-o.log" | grep -c 'one of timed at'; }
ran_twice() { [ "$(runs)" -ge 2 ]; }
eventually 180 ran_twice
hythe cron timed >out
cat out
says out '^ 1  \* \* \* \* \* .*, last 20.* as run\.1'
inside sh -c "grep -o 'one of timed at [0-9]*' /var/log/hythe/timed/run.1-o.log | sort | uniq -d" >twice
[ ! -s twice ] || { cat twice; fail "a minute had it twice"; }
inside journalctl --no-pager -b -o cat -u hythe-cron.service >told
says told '^timed: echo one of \$APP'
says_not told 'Start|Finished|Deactivated'
hythe destroy timed --confirm timed >/dev/null
nothing_failed
