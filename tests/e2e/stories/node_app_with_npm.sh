#!/bin/sh
# A real Node.js app with a real dependency from the registry.
. "$(dirname "$0")/../story.sh"
new_app node node
commit node one
push_succeeds node
says node.push "Node.js app detected"
consistent node one
commit node two
push_succeeds node
says node.push "[Cc]ache"
consistent node two
