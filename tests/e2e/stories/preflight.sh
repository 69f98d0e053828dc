#!/bin/sh
# What a push would fail for is said before it is sent: a disk, files or memory that are nearly
# used up. Fetches work all the same. One that has to wait is told so at once.
. "$(dirname "$0")/../story.sh"
new_app room slow
commit room one
push_succeeds room
consistent room one
commit room two

refused() {
  push_fails room
  says room.push "^fatal: remote error: $1"
  says_not room.push "access rights"
  [ "$(hythe deployments room | wc -l)" -eq 1 ] || fail "something was begun"
  git -C room fetch -q hythe main || fail "a fetch was refused"
  if hythe deploy room >out 2>&1; then fail "it was built all the same"; fi
  says out "^error: $1"
}

used=$(inside df --output=used -B1 /var/lib/hythe | tail -n 1)
inside mount -o "remount,size=$((used + (1 << 20)))" /var/lib/hythe
refused "the disk of '/var/lib/hythe/repos' is nearly full: .* are free, and .* MiB are needed"
says room.push "^hint: make room: hythe gc"
inside mount -o remount,size=50% /var/lib/hythe

files=$(inside df --output=iused /var/lib/hythe | tail -n 1)
inside mount -o "remount,nr_inodes=$((files + 5))" /var/lib/hythe
refused "the disk of '/var/lib/hythe/repos' can hold [0-9]+ more files, and [0-9]+ are needed"
inside mount -o remount,nr_inodes=1000000 /var/lib/hythe

inside sh -c 'sed "s/^MemAvailable:.*/MemAvailable:      65536 kB/" /proc/meminfo >/tmp/meminfo; mount --bind /tmp/meminfo /proc/meminfo'
refused "the host has 64.0 MiB of memory left, and the smallest build needs 128.0 MiB"
inside umount /proc/meminfo

push_succeeds room
consistent room two

# Behind whom, before anything is sent; it is not refused.
echo 'echo building now; sleep 4' >room/build.sh
commit room three
: >room.push
push room & first=$!
eventually 60 grep -q "building now" room.push
if git -C room push hythe main:master >other.push 2>&1; then :; fi
says other.push "^hint: a deployment of 'room' waits behind deployment 3 \(sandbox, building"
wait $first || { cat room.push; fail "the first push failed"; }
inside git -c safe.directory='*' -C /var/lib/hythe/repos/room.git rev-parse -q --verify main >/dev/null
no_leftovers room
