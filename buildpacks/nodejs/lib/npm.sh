# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in several files: see bin/compile
# npm. It comes along with the other package managers, too, as it does with Node.js everywhere:
# scripts call it, and node-gyp is in it.

# The npm that Node.js itself would bring. A later one runs too, but changes the
# rules: from 12 on, say, packages no longer run their install scripts.
usual_npm() {
  case ${node_version%%.*} in
    12 | 13 | 14 | 15 | 16 | 17) echo 8 ;;
    18 | 19 | 20 | 21 | 22 | 23) echo 10 ;;
    24 | 25 | 26) echo 11 ;;
    *) echo '>=11' ;;
  esac
}

npm_provide() {
  local name=npm
  wish_of npm
  # "npm": "please use yarn" is for people.
  [[ $manager == npm ]] || wanted=''
  provide npm "$(usual_npm)" --exclude=package/docs --exclude=package/man
  put_in_place npm
  npm_version=$version
}

# npm as this build wants it. What the app's variables set stays.
npm_prepare() {
  export npm_config_cache=$store/downloads
  # Headers for native modules, which would come from nodejs.org. npm 11 objects to
  # the old name, and older ones do not know the new.
  case ${npm_version%%.*} in
    8 | 9 | 10) export npm_config_nodedir=$node_tree ;;
    *) export npm_package_config_node_gyp_nodedir=$node_tree ;;
  esac
  export npm_config_update_notifier=false npm_config_audit=false npm_config_fund=false npm_config_progress=false
  # npm's own pauses between attempts are a minute; a dead registry should not take five.
  export npm_config_fetch_retry_mintimeout=${npm_config_fetch_retry_mintimeout:-${NPM_CONFIG_FETCH_RETRY_MINTIMEOUT:-1000}}
  export npm_config_fetch_retry_maxtimeout=${npm_config_fetch_retry_maxtimeout:-${NPM_CONFIG_FETCH_RETRY_MAXTIMEOUT:-10000}}
  # npm warns about this old name at every start, and $production has it.
  unset NPM_CONFIG_PRODUCTION npm_config_production
}

npm_install() {
  local mode=--include=dev
  ! omits_dev || mode=--omit=dev
  if [[ -z $lockfile ]]; then
    manage install "$mode" --no-package-lock
  elif [[ ${USE_NPM_INSTALL:-} == true ]]; then
    manage install "$mode"
  else
    manage ci "$mode"
  fi
}

npm_explain() {
  if grep -qE 'are in sync|Missing: .* from lock file|Invalid: lock file' "$1"; then
    is_behind 'npm install'
  elif grep -q 'code ERESOLVE' "$1"; then
    warn 'Packages ask for versions of each other that do not go together (see above).' \
      'Change package.json until npm install works without --force; or, if it is meant,' \
      'write legacy-peer-deps=true into .npmrc, and commit it.'
  elif grep -q 'code EBADPLATFORM' "$1"; then
    warn 'A package is for another system than Linux (see above): it belongs into optionalDependencies.'
  elif grep -q 'code ESTRICTALLOWSCRIPTS' "$1"; then
    warn 'Packages have install scripts that the app does not allow yet.' \
      'Run npm approve-scripts NAME for those that it needs, commit package.json, and push again.'
  elif grep -qE 'code EALLOW(GIT|REMOTE)' "$1"; then
    warn 'This npm takes packages from its registry only, unless .npmrc says allow-git or allow-remote.'
  fi
}

npm_prune() { manage prune --omit=dev; }
