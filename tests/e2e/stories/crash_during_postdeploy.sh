#!/bin/sh
# A container that has answered and then dies before traffic moves fails the push: traffic is
# never moved to nothing.
. "$(dirname "$0")/../story.sh"
new_app brittle
commit brittle one
push_succeeds brittle
echo 'web: (sleep 1; kill -9 $$) & exec python3 answer.py' >brittle/Procfile
echo 'postdeploy: sleep 3' >>brittle/Procfile
commit brittle two
push_fails brittle
says brittle.push "web.1 accepts connections"
says brittle.push "web.1 was killed by SIGKILL after its start"
consistent brittle one
no_leftovers brittle
