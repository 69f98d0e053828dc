#!/bin/sh
# An app may have limits of its own; each says which it was, and how to raise it.
. "$(dirname "$0")/../story.sh"
new_app bounded
commit bounded one
push_succeeds bounded
hythe limits bounded >out
says out '^image_size=2 GiB  \(of the host\)$'

hythe limits bounded image_size='1 MiB' >out
says out '^image_size=1 MiB$'
head -c 2000000 /dev/zero >bounded/large
commit bounded two
push_fails bounded
says bounded.push 'the built app is 1.9 MiB, the limit is 1.0 MiB'
says bounded.push 'hythe limits APP image_size='
hythe limits bounded image_size= source_size='1 MiB' >/dev/null
push_fails bounded
says bounded.push 'the source is 1.9 MiB, the limit is 1.0 MiB'
git -C bounded rm -q large
mkdir -p bounded/bp/bin
echo ./bp >bounded/.buildpacks
printf '#!/bin/sh\necho Bounded\n' >bounded/bp/bin/detect
# A build in which a process sleeps for ever, and one that grows for ever.
printf '#!/bin/sh\nsleep 1000 & wait\n' >bounded/bp/bin/compile
chmod +x bounded/bp/bin/*
hythe limits bounded source_size= build_time=2s >/dev/null
commit bounded three
push_fails bounded
says bounded.push 'the build took longer than 2s'
says bounded.push 'hythe limits APP build_time='
printf '#!/bin/sh\nexec python3 -c "x = bytearray(1 << 28); x[::4096] = b\\"1\\" * (1 << 16)"\n' >bounded/bp/bin/compile
hythe limits bounded build_time= build_memory='64 MiB' >/dev/null
commit bounded four
push_fails bounded
says bounded.push 'the build ran out of memory \(limit 64.0 MiB\)'
says bounded.push 'hythe limits APP build_memory='
printf '#!/bin/bash\nset -e\nfor i in {1..60}; do sleep 30 & done\n' >bounded/bp/bin/compile
hythe limits bounded build_memory= build_pids=40 >/dev/null
commit bounded five
push_fails bounded
says bounded.push 'the build wanted more than 40 processes and threads, the limit'
says bounded.push 'hythe limits APP build_pids='
hythe limits bounded build_pids= >/dev/null
consistent bounded one
no_leftovers bounded

if remote limits bounded build_time=1s >out 2>&1; then fail "limits were changed over ssh"; fi
says out 'on the host only'
remote limits bounded >out
says out '^build_time=30m  \(of the host\)$'
if hythe limits bounded speed=1 >out 2>&1; then fail "a limit that there is none of"; fi
says out "there is no key 'limits.speed'"
if hythe limits bounded build_time=soon >out 2>&1; then fail "no duration"; fi
says out "'limits.build_time': 'soon' is not of the form '30s'"
