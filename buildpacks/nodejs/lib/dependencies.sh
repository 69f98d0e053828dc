# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in four files: see bin/compile
# What npm does for the app: install, the app's own scripts, prune. npm starts
# in a third of a second, so it is started only where it has something to do.

# Whether npm has to be there: to install, for a script, or to start the app.
needs_npm() {
  [[ -n $engines_npm ]] || installs || has_one_of "${prebuild_scripts[@]}" "${build_scripts[@]}" && return
  # Other buildpacks of this build may want it.
  [[ ! -f $build_dir/.buildpacks ]] || return 0
  if [[ ! -f $build_dir/Procfile ]]; then
    has_script start
  else
    # Only "node ..." is certain to do without; a script may call anything.
    grep -qvE '^[A-Za-z0-9_-]+:[[:space:]]*(exec[[:space:]]+)?([A-Za-z0-9_]+=[^[:space:]]*[[:space:]]+)*node[[:space:]][^;&|`()]*$' \
      < <(grep -vE '^[[:space:]]*(#|$)' "$build_dir/Procfile")
  fi
}

prebuild_scripts=(scalingo-prebuild heroku-prebuild)
build_scripts=(scalingo-postbuild heroku-postbuild build)

has_script() { [[ $scripts == *" $1 "* ]]; }
has_one_of() {
  local script
  for script; do
    ! has_script "$script" || return 0
  done
  return 1
}
# Scripts that npm runs by itself when it installs.
has_install_scripts() {
  has_one_of preinstall install postinstall prepublish preprepare prepare postprepare ||
    [[ -f $build_dir/binding.gyp ]]
}

# With no script that could use them, development dependencies are not even fetched.
omits_dev() {
  case $production in
    true) return 0 ;;
    false) return 1 ;;
    *) ! has_one_of "${build_scripts[@]}" && ! has_install_scripts ;;
  esac
}

installs() {
  [[ $has_dependencies == true ]] || has_install_scripts ||
    { [[ $has_dev_dependencies == true ]] && ! omits_dev; }
}

check_lockfiles() {
  local file found=()
  for file in package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb; do
    [[ ! -f $build_dir/$file ]] || found+=("$file")
  done
  case ${found[*]} in
    '' | package-lock.json | npm-shrinkwrap.json | 'package-lock.json npm-shrinkwrap.json') ;;
    *' '*)
      fail "Two lockfiles: ${found[*]}" \
        'They can disagree, and only one package manager can be right.' \
        'Remove the one that you do not use (git rm), and push again.' ;;
    *)
      installs || return 0
      fail "${found[*]} found: this buildpack does not support $(manager_of "${found[*]}") yet" \
        'Commit a package-lock.json instead: run npm install, remove the other lockfile, push again.' ;;
  esac
}

manager_of() {
  case $1 in yarn*) echo yarn ;; pnpm*) echo pnpm ;; *) echo bun ;; esac
}

# npm as this build wants it. What the app's variables set stays.
prepare_npm() {
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

run_npm() { (cd "$build_dir" && npm "$@"); }

run_script() {
  local code=0
  info "npm run $1"
  run_npm run "$1" || code=$?
  if ((code != 0)); then
    warn "The script '$1' of package.json failed with exit code $code"
    exit "$code"
  fi
}

# run_first TITLE SCRIPT...: runs the first of these scripts that the app has.
run_first() {
  local title=$1 script
  shift
  for script; do
    has_script "$script" || continue
    title "$title"
    run_script "$script"
    return
  done
}

install_dependencies() {
  local command mode=--include=dev code=0 log=$store/npm.log
  ! omits_dev || mode=--omit=dev

  if [[ -d $build_dir/node_modules ]]; then
    warn 'node_modules is in the repository: it is used as it is. To have it installed' \
      'from the lockfile instead: git rm -r --cached node_modules, and add it to .gitignore.'
    command=(rebuild)
  elif [[ ! -f $build_dir/package-lock.json && ! -f $build_dir/npm-shrinkwrap.json ]]; then
    warn 'No package-lock.json: every build may install other versions.' \
      'Run npm install, and commit the package-lock.json that it writes.'
    command=(install "$mode" --no-package-lock)
  elif restore_modules "$mode"; then
    return
  elif [[ ${USE_NPM_INSTALL:-} == true ]]; then
    command=(install "$mode")
  else
    command=(ci "$mode")
  fi

  info "npm ${command[*]}"
  run_npm "${command[@]}" 2>&1 | tee "$log" || code=$?
  ((code == 0)) || explain_install "$code" "$log"
  rm -f "$log"
  [[ ${command[0]} != ci ]] || keep_modules "$mode"
}

explain_install() {
  local code=$1 log=$2
  if grep -qE 'are in sync|Missing: .* from lock file|Invalid: lock file' "$log"; then
    warn 'package-lock.json and package.json do not agree.' \
      'Run npm install, commit the package-lock.json that it writes, and push again.'
  elif grep -qE 'ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET_TIMEOUT' "$log"; then
    warn "Could not reach a registry ($registry_host is the app's). This build needs it to install" \
      'the dependencies of package.json. To use a mirror, set NPM_CONFIG_REGISTRY to its URL;' \
      'to do without, commit node_modules.'
  elif grep -qE 'SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY)|CERT_' "$log"; then
    warn "The certificate of a registry is not trusted. Set NODE_EXTRA_CA_CERTS to your CA's file."
  fi
  rm -f "$log"
  exit "$code"
}

# The same lockfile, tools and variables install the same files, and unpacking them
# is several times faster than npm ci. An archive, not links: packages write into
# node_modules. Apps with install scripts of their own get them run each time.
modules_signature() {
  printf '%s\n' "$1" "$node_version" "$npm_version" "${STACK:-}"
  (
    shopt -s nullglob
    cd "$build_dir" || exit
    cat package.json npm-shrinkwrap.json package-lock.json .npmrc 2>/dev/null || true  # not every app has them all
    [[ ! -d $env_dir ]] || { cd "$env_dir" && tail -vn +1 -- *; }
  ) </dev/null | sha256sum
}

can_keep_modules() {
  [[ ${NODE_MODULES_CACHE:-} != false && $has_workspaces == false ]] && ! has_install_scripts &&
    ! grep -qE '"(resolved|version)": "(file:|git)|"link": true' "$build_dir/package-lock.json" 2>/dev/null
}

restore_modules() {
  local kept=$store/node_modules.tar
  [[ -f $kept ]] && can_keep_modules && modules_signature "$1" | cmp -s - "$kept.signature" || return 1
  info 'node_modules, from the cache (same lockfile)'
  tar -xf "$kept" -C "$build_dir" --no-same-owner
}

keep_modules() {
  local kept=$store/node_modules.tar limit=512  # MiB
  rm -f "$kept" "$kept.signature"
  if can_keep_modules && [[ -d $build_dir/node_modules ]] &&
    (($(du -sm "$build_dir/node_modules" | cut -f 1) <= limit)); then
    tar -cf "$kept" -C "$build_dir" node_modules
    modules_signature "$1" >"$kept.signature"
  fi
  if (($(du -sm "$npm_config_cache" | cut -f 1) > limit)); then
    info "Emptying npm's cache: it has grown beyond $limit MiB"
    rm -rf "$npm_config_cache"
  fi
}

prune_dependencies() {
  [[ $has_dev_dependencies == true && $production != false ]] && ! omits_dev || return 0
  title 'Removing development dependencies'
  run_npm prune --omit=dev
}
