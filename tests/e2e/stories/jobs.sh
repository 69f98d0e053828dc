#!/bin/sh
# Jobs: of a cron.json, started when they are due, by the release that serves; of an app.json,
# by hand; and what is wrong with them fails the push.
. "$(dirname "$0")/../story.sh"

new_app jobs
cat >>jobs/Procfile <<'PROCFILE'
report: echo "report of $(cat version) for $CONTAINER"
PROCFILE
echo '{"jobs": [{"command": "61 * * * * true"}]}' >jobs/cron.json
commit jobs one
push_fails jobs
says jobs.push "'cron.json', job 1: '61' is no minute"

cat >jobs/cron.json <<'JSON'
{"jobs": [{"command": "* * * * * report", "size": "S"},
          {"command": "0 0 29 2 * echo 'not today'"},
          {"command": "* * * * * sleep 1000"}]}
JSON
commit jobs two
push_succeeds jobs
says jobs.push 'release 2: .*web, worker, report, 3 jobs'
remote cron jobs >out
says out '^ 1  \* \* \* \* \*  +report  +next 20[0-9-]+ [0-9]+:[0-9]+$'
says out "^ 2  0 0 29 2 \*  +echo 'not today'  +next 20(28|32|36|40)-02-29 00:00$"

# What is due is started once, as the host's timer does.
hythe cron --due >out
says out '^jobs: report: run\.[12]$'
says out '^jobs: sleep 1000: run\.[12]$'
says_not out 'not today'
report=$(sed -n 's/^jobs: report: //p' out)
sleeper=$(sed -n 's/^jobs: sleep 1000: //p' out)
logged() { hythe logs jobs "$1" | grep -q "$2"; }
eventually 20 logged "$report" "report of two for $report"
hythe ps jobs >out
says out "^$sleeper .*one-off"
hythe cron jobs >out
says out "^ 3  .*last 20[0-9-]+ [0-9]+:[0-9]+ as $sleeper, which runs$"

# In the next minute what still runs is left alone. The time is made to pass by the record of it.
a_minute_passes() {
  inside sed -i "s/^seen: .*/seen: $(($(date +%s) / 60 - 1))/" /var/lib/hythe/apps/jobs/cron.yml
}
is_over() { ! hythe ps jobs | grep -q "^$1 "; }
eventually 20 is_over "$report"
a_minute_passes
hythe cron --due >out
says out '^jobs: report: run\.[12]$'
says_not out 'sleep 1000'

# A job by its number, by whoever may deploy; and ones that are off, or an app that is stopped.
remote cron jobs --run 2 >out
says out '^Started run\.[123]$'
eventually 20 logged "$(sed -n 's/^Started //p' out)" 'not today'
remote cron jobs --run 4 2>out && fail "there is no fourth job"
says out "no job '4'"
remote settings jobs cron=off >/dev/null
a_minute_passes
hythe cron --due >out
[ ! -s out ] || { cat out; fail "it was started all the same"; }
hythe cron jobs >out
says out 'report +off'
says out 'hythe settings jobs cron=on$'
hythe settings jobs cron= >/dev/null
hythe stop jobs >/dev/null
a_minute_passes
hythe cron --due >out
[ ! -s out ] || { cat out; fail "it was started all the same"; }
hythe start jobs >/dev/null

# The release that serves says which there are, also after a rollback.
rm jobs/cron.json
echo '{"cron": [{"schedule": "@hourly", "command": "echo $((40 + 2))", "concurrency_policy": "allow"}]}' >jobs/app.json
commit jobs three
push_succeeds jobs
hythe cron jobs >out
[ "$(wc -l <out)" -eq 1 ] || { cat out; fail "there are others"; }
says out '^ 1  @hourly  +echo \$\(\(40 \+ 2\)\)  +next .*:00$'
hythe cron jobs --run 1 >out
eventually 20 logged "$(sed -n 's/^Started //p' out)" '42$'
hythe diff jobs >out
says out '^ *jobs +\+ echo'
hythe info jobs >out
says out '^jobs +1: hythe cron jobs$'
hythe rollback jobs >/dev/null
hythe cron jobs >out
says out '^ 3  .*sleep 1000'
hythe run jobs --stop "$sleeper" >/dev/null
serves jobs two
