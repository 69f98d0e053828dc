#!/bin/sh
# Nothing of hythe's, nginx's or sshd's has complained, in any boot.
. "$(dirname "$0")/../story.sh"
inside sh -c 'journalctl --no-pager -p warning -o short-monotonic _TRANSPORT=kernel + _TRANSPORT=syslog + _TRANSPORT=stdout + _TRANSPORT=journal' >warnings
cat warnings
