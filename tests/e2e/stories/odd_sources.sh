#!/bin/sh
# Deployed bytes are the blobs' bytes; what cannot be deployed is named.
. "$(dirname "$0")/../story.sh"
new_app odd
printf '* text eol=crlf\nversion export-ignore\n' >odd/.gitattributes
printf 'a $Format:%%H$ b\n' >odd/subst
echo 'subst export-subst' >>odd/.gitattributes
printf '#!/bin/sh\necho ran\n' >odd/tool
chmod +x odd/tool
ln -s answer.py odd/link
commit odd one
push_succeeds odd
consistent odd one
hythe run odd 'cat subst; ./tool; readlink link' >out
printf 'a $Format:%%H$ b\nran\nanswer.py\n' | cmp - out || fail "the files were changed"
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n' >odd/big.bin
commit odd two
push_fails odd
says odd.push "big.bin"
git -C odd reset -q --hard HEAD~1
git -C odd update-index --add --cacheinfo 160000,"$(commit_here odd)",vendor/lib
git -C odd commit -q -m submodule
push_fails odd
says odd.push "vendor/lib"
consistent odd one
no_leftovers odd
