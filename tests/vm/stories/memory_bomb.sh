#!/bin/sh
# A container that takes more memory than it may have is killed alone, and starts again; `hythe ps`
# and the logs say why. A release that does so at boot is refused, and the push says why.
. "$(dirname "$0")/../story.sh"
consistent greedy one
processes | grep -v '/greedy\.' >before
web=$(id_of greedy web.1)
tell_glutton USR1
killed() { hythe ps greedy | grep -qE '^glutton.1 .* 1 restart, the last because it ran out of memory \(limit 256 MiB, process python3\)'; }
eventually 120 killed
hythe logs greedy >out
says out 'hythe: ran out of memory \(limit 256 MiB, process python3\), starting again in'
[ "$(id_of greedy web.1)" = "$web" ] || fail "web.1 was started again as well"
processes | grep -v '/greedy\.' | diff before - || fail "another app's processes were disturbed"
inside sh -c 'journalctl -k -b --no-pager | grep "oom-kill:"' >oom
says_not oom 'task_memcg=/(system|user|init)|global_oom'
consistent greedy one

echo 'web: exec python3 -c "x = bytearray(b\"1\") * (1 << 30)"' >greedy/Procfile
commit greedy two
push_fails greedy
says greedy.push 'web.1 ran out of memory \(limit 512 MiB, process python3\)'
git -C greedy reset -q --hard HEAD~1
consistent greedy one
no_leftovers greedy 2
nothing_failed
