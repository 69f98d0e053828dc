# What the stories have in common. Each is a program that is run in an empty directory, with
# the sandbox's variables in its environment, and passes when it exits with 0.
# shellcheck shell=sh
set -eu

HERE=$(cd "$(dirname "$0")/.." && pwd)
export GIT_SSH_COMMAND="ssh -p $HYTHE_SSH_PORT -i $HYTHE_SSH_KEY -o IdentitiesOnly=yes -o BatchMode=yes \
-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=dev GIT_AUTHOR_EMAIL=dev@example.org
export GIT_COMMITTER_NAME=dev GIT_COMMITTER_EMAIL=dev@example.org

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# Runs a command inside the sandbox, as root.
inside() { $HYTHE_RUN "$@"; }
# The same verbs, as root on the host and as a developer over ssh.
hythe() { inside hythe "$@"; }
remote() {
  # shellcheck disable=SC2086 # the words of a command
  $GIT_SSH_COMMAND hythe@127.0.0.1 "$@"
}

# An app on the server, and beside it its source, a git repository of that name.
# new_app NAME [TEMPLATE]
new_app() {
  hythe create "$1" >/dev/null
  cp -rL "$HERE/apps/${2:-web}" "$1"
  git -C "$1" init -q -b main
  git -C "$1" remote add hythe "ssh://hythe@127.0.0.1:$HYTHE_SSH_PORT/$1"
}

# Commits what is there, with TEXT as the version that the app answers with.
# commit NAME TEXT
commit() {
  echo "$2" >"$1/version"
  git -C "$1" add -A
  git -C "$1" commit -q --allow-empty -m "version $2"
}

# Pushes, with what the pusher sees in NAME.push. push NAME [ARGUMENT …]
push() {
  app=$1
  shift
  git -C "$app" push ${1:+"$@"} hythe ${REFSPEC:-main} >"$app.push" 2>&1
}

push_succeeds() { push "$@" || { cat "$1.push"; fail "the push of $1 was refused"; }; }
push_fails() { if push "$@"; then cat "$1.push"; fail "the push of $1 was accepted"; fi; }

# What the app answers, through nginx. get NAME [PATH]
get() {
  curl -sS -m 20 -H "Host: $1.$HYTHE_BASE_DOMAIN" "http://127.0.0.1:$HYTHE_HTTP_PORT/${2:-}"
}
serves() {
  answer=$(get "$1" || true)
  [ "$answer" = "$2" ] || fail "$1 answers '$answer' instead of '$2'"
}

# The file holds a line that matches. says FILE PATTERN
says() { grep -qE -- "$2" "$1" || { cat "$1"; fail "'$2' is not in $1"; }; }
says_not() { if grep -qE -- "$2" "$1"; then cat "$1"; fail "'$2' is in $1"; fi; }

# Looks again until the command succeeds. eventually SECONDS COMMAND …
eventually() {
  deadline=$(($(date +%s) + $1))
  shift
  until ("$@") >/dev/null 2>&1; do
    [ "$(date +%s)" -lt "$deadline" ] || fail "it never came to: $*"
    sleep 0.05
  done
}

ref_on_server() { inside git -c safe.directory='*' -C "/var/lib/hythe/repos/$1.git" rev-parse "refs/heads/${2:-main}"; }
commit_here() { git -C "$1" rev-parse HEAD; }

# The promise: what serves, what the branch says and what hythe shows are one thing.
# consistent NAME TEXT: the branch is at the commit whose version is TEXT, and that serves.
consistent() {
  serves "$1" "$2"
  branch=$(inside git -c safe.directory='*' -C "/var/lib/hythe/repos/$1.git" show main:version)
  [ "$branch" = "$2" ] || fail "the branch of $1 says '$branch' instead of '$2'"
  shown=$(hythe info "$1" | sed -n 's/^release .*commit \([0-9a-f]*\).*/\1/p')
  case $(ref_on_server "$1") in "$shown"*) ;; *) fail "info shows commit $shown" ;; esac
}

# Nothing of NAME is left but the containers of the lane that serves.
# only_live_containers NAME COUNT
only_live_containers() {
  [ "$(hythe ps "$1" | wc -l)" -eq "$2" ] && [ "$(hythe ps "$1" | grep -c serves)" -eq "$2" ] &&
    [ "$(inside sh -c "ls -d /run/hythe/containers/$1.*" | wc -l)" -eq "$2" ]
}
# What goes by itself after a deployment has gone.
nobody_settles() { ! inside pgrep -x hythe-settle; }
no_leftovers() {
  eventually 60 only_live_containers "$1" "${2:-1}"
  [ -z "$(inside sh -c "ls /var/lib/hythe/builds/$1 2>/dev/null")" ] || fail "a build of $1 is left over"
  [ -z "$(inside sh -c "ls /var/lib/hythe/apps/$1/pending.yml 2>/dev/null")" ] || fail "an intent of $1 is left over"
}
