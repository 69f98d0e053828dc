#!/bin/sh
# A container that ends again and again is started again so often, and then left alone, with
# the reason to be read. What serves beside it serves on.
. "$(dirname "$0")/../story.sh"
new_app fragile
cat >fragile/fall.py <<'END'
import os, signal, sys, time

def eat(*_):
    x = bytearray(1 << 29)
    x[::4096] = b"1" * (1 << 17)

signal.signal(signal.SIGUSR1, eat)
signal.signal(signal.SIGUSR2, lambda *_: os._exit(7))
print("ready", flush=True)
while True:
    time.sleep(1000)
END
printf 'web: exec python3 answer.py\neater: exec python3 fall.py eat\nfaller: exec python3 fall.py fall\n' >fragile/Procfile
hythe limits fragile restarts=1 >/dev/null
hythe scale fragile web=1 eater=1 faller=1 eater:size=S >/dev/null
commit fragile one
push_succeeds fragile

# It is ready for the COUNTth time. is_ready NAME COUNT
is_ready() { [ "$(inside sh -c "cat /var/log/hythe/fragile/$1.1-?.log" | grep -c 'Z ready$')" -eq "$2" ]; }
crashed() { hythe ps fragile | grep -qE "^$1.1 .* crashed .*1 restart, left alone since it $2"; }
for n in 1 2; do
  eventually 30 is_ready faller $n
  inside pkill -USR2 -f 'python3 fall.py fall'
  eventually 30 is_ready eater $n
  inside pkill -USR1 -f 'python3 fall.py eat'
done
# Where the kernel's log is nobody's to read, the process is not known.
process=', process python3'
inside sh -c ': </dev/kmsg' || process=''
eventually 30 crashed faller 'exited with code 7$'
eventually 30 crashed eater "ran out of memory \(limit 256 MiB$process\)\$"
hythe logs fragile >out
says out 'hythe: exited with code 7, starting again in 1 s'
says out 'hythe: exited with code 7, and is left alone: it has had all of its restarts'
says out "hythe: ran out of memory \(limit 256 MiB$process\), and is left alone"
consistent fragile one
# Nothing of it runs meanwhile but the monitor that tells.
hythe ps fragile >out
says out '^web.1 .*running'
[ "$(wc -l <out)" -eq 3 ] || { cat out; fail "somebody is missing"; }

# A restart begins anew.
hythe restart fragile >out 2>&1 || { cat out; fail "restart"; }
hythe ps fragile >out
says out '^faller.1 .*running +serves +[^,]*$'
for n in 3 4; do
  eventually 30 is_ready faller $n
  inside pkill -USR2 -f 'python3 fall.py fall'
done
eventually 30 crashed faller 'exited with code 7$'
# So does a push.
commit fragile two
push_succeeds fragile
consistent fragile two
no_leftovers fragile 3
hythe ps fragile >out
says_not out crashed
