#!/bin/sh
# What hythe says of a container is what the kernel holds it to, and systemd, to whom the tree of
# cgroups belongs, leaves it at that.
. "$(dirname "$0")/../story.sh"
HERE=$VM new_app greedy greedy
hythe scale greedy web=1 glutton=1 glutton:size=S >/dev/null
hythe limits greedy container_cpu=20 >/dev/null
commit greedy one
push_succeeds greedy
no_leftovers greedy 2
consistent greedy one

glutton=$(id_of greedy glutton.1)
holds() {
  held=$(of_cgroup "$glutton" "$1")
  [ "$held" = "$2" ] || fail "$1 of $glutton is '$held' instead of '$2'"
}
all_hold() {
  holds memory.max $((256 << 20))
  holds pids.max 128
  holds cpu.max "20000 100000"
}
all_hold
inside systemctl daemon-reload
inside systemctl restart systemd-logind
inside systemd-run -q --wait -p CPUWeight=50 -p MemoryMax=64M -p TasksMax=10 true
all_hold

# Two of its processes would like a processor each; all of them have a fifth of one.
figure() { of_cgroup "$glutton" cpu.stat | sed -n "s/^$1 //p"; }
is_throttled() { [ "$(figure nr_throttled)" -gt 20 ]; }
tell_glutton HUP
eventually 120 is_throttled
used=$(figure usage_usec)
periods=$(figure nr_periods)
[ "$used" -le $((periods * 21000)) ] || fail "it used $used µs in $periods periods of 20000 µs"
consistent greedy one
hythe limits greedy container_cpu= >/dev/null
hythe restart greedy >out 2>&1 || { cat out; fail "restart"; }
