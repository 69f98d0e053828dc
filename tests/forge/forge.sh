# What the stories of linked apps have in common: a forge, and a developer who pushes there.
# shellcheck shell=sh
. "$(dirname "$0")/../story.sh"

FORGES=$(cd "$HERE/../forge" && pwd)
inside "$FORGES/up"

# forge_commit OWNER/NAME TEXT: a commit of an app that answers with TEXT, pushed to the forge.
# forge_push OWNER/NAME [ARGUMENT …]
forge_push() {
  repository=$1
  shift
  inside git -C "/srv/forges/work/$repository" -c safe.directory='*' push -q "$@" origin HEAD
}
forge_commit() {
  inside sh -eu -c '
    cd "/srv/forges/work/$1"
    [ -e Procfile ] || cp -rL "$3"/. .
    echo "$2" >version
    git add -A
    git -c user.name=dev -c user.email=dev@example.org commit -q --allow-empty -m "version $2"
  ' sh "$1" "$2" "$HERE/apps/${TEMPLATE:-web}"
  forge_push "$1" --force
}
forge_head() { inside git -C "/srv/forges/work/$1" rev-parse HEAD; }
# A repository of its own to each story. make_repository OWNER/NAME
make_repository() {
  inside sh -eu -c '
    cd /srv/forges
    mkdir -p "$(dirname "$1")"
    git init -q --bare -b main "$1.git"
    git init -q -b main "work/$1"
    git -C "work/$1" remote add origin "/srv/forges/$1.git"
    chown -R git "$(dirname "$1")"' sh "$1"
  inside git config --global --get safe.directory >/dev/null || inside git config --global safe.directory '*'
}
# link NAME ARGUMENT …: with the forge's token as stdin; what it says is in NAME.link.
link() {
  app=$1
  shift
  inside sh -c 'hythe link "$@" --token-stdin </srv/forges/token' sh "$app" "$@" --forge "${FORGE:-github}" >"$app.link" 2>&1
}
secret_of() { sed -n 's/^  secret  \([0-9a-f]*\).*/\1/p' "$1.secret"; }
# An app that is linked and deploys what it is told of; the forge is $FORGE (github).
# new_linked_app NAME [OPTION …]
new_linked_app() {
  app=$1
  make_repository "acme/$app"
  forge_commit "acme/$app" one
  hythe create "$app" >/dev/null
  shift
  link "$app" "https://forge.test/acme/$app" --auto-deploy "$@" || { cat "$app.link"; fail "link"; }
  cp "$app.link" "$app.secret"
}
# What the forge sends for it. deliver NAME PAYLOAD EVENT [KEY=VALUE …]; the answer is in `answer`.
deliver() {
  app=$1 payload=$2 event=$3
  shift 3
  inside python3 "$FORGES/deliver.py" "http://127.0.0.1/webhook/$app" "${SECRET:-$(secret_of "$app")}" \
    "$FORGES/payloads/$payload.json" "$event" "host=hythe.$HYTHE_BASE_DOMAIN" \
    "REPOSITORY=acme/$app" "COMMIT=$(forge_head "acme/$app")" BRANCH=main "$@" >answer
}
# The delivery is answered with that. answered PATTERN
answered() { says answer "$1"; }
deployments_of() { hythe deployments "$1" | grep -cE '^ *[0-9]+ '; }
nothing_queued() { [ -z "$(inside sh -c "ls /var/lib/hythe/deliveries/ | grep -E '^$1\.(yml|taken)$'")" ]; }
status_reported() { inside grep -qE "$1" /srv/forges/statuses; }
