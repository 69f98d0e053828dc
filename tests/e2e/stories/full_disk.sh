#!/bin/sh
# A full disk fails the push with a reason; what served goes on, and with room again the next
# push works.
. "$(dirname "$0")/../story.sh"
new_app full
commit full one
push_succeeds full
head -c 20m /dev/urandom >full/ballast
commit full two
used=$(inside df --output=used -B1 /var/lib/hythe | tail -n 1)
inside mount -o "remount,size=$((used + (30 << 20)))" /var/lib/hythe
push_fails full
inside mount -o remount,size=50% /var/lib/hythe
cat full.push
says full.push "No space left|disk"
consistent full one
no_leftovers full
git -C full rm -q --cached ballast
rm full/ballast
commit full three
push_succeeds full
consistent full three
no_leftovers full

# A build that would fill the disk is stopped while others can still write.
mkdir -p full/bp/bin
echo ./bp >full/.buildpacks
printf '#!/bin/sh\necho Filling\n' >full/bp/bin/detect
printf '#!/bin/sh\nwhile head -c 4m /dev/zero >>"$1/fill"; do sleep 0.1; done\n' >full/bp/bin/compile
commit full four
used=$(inside df --output=used -B1 /var/lib/hythe | tail -n 1)
inside mount -o "remount,size=$((used + (60 << 20)))" /var/lib/hythe
push_fails full
inside mount -o remount,size=50% /var/lib/hythe
says full.push "the build was stopped: the disk of the host is nearly full"
consistent full three
no_leftovers full
