# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in several files: see bin/compile
# yarn 1.

yarn_provide() {
  local name=yarn
  wish_of yarn
  provide yarn 1
  put_in_place yarn
}

yarn_prepare() {
  export YARN_CACHE_FOLDER=$store/downloads
  # A native module would make it fetch a node-gyp of its own.
  PATH=$PATH:$node_home/lib/node_modules/npm/bin/node-gyp-bin
}

# yarn_installs OPTION...: like npm, it is not to refuse a package for the Node.js that the
# package asks for.
yarn_installs() {
  local lock=--frozen-lockfile
  [[ -n $lockfile ]] || lock=--no-lockfile
  manage install "$lock" "$@" --non-interactive --ignore-engines --prefer-offline
}

yarn_install() {
  if omits_dev; then yarn_installs --production=true; else yarn_installs --production=false; fi
}

yarn_explain() {
  if grep -q 'Your lockfile needs to be updated' "$1"; then
    is_behind 'yarn install'
  fi
}

yarn_prune() { yarn_installs --production=true --ignore-scripts; }
