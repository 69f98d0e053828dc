# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in several files: see bin/compile
# What a package manager does for the app: install, the app's own scripts, prune. It takes
# a third of a second to start, so it is started only where it has something to do.

# Whether it has to be there: to install, for a script, or to start the app.
needs_manager() {
  [[ $engines == *" $command "* ]] || installs || has_one_of "${all_scripts[@]}" && return
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
cleanup_scripts=(scalingo-cleanup heroku-cleanup)
all_scripts=("${prebuild_scripts[@]}" "${build_scripts[@]}" "${cleanup_scripts[@]}")

has_script() { [[ $scripts == *" $1 "* ]]; }
has_one_of() {
  local script
  for script; do
    ! has_script "$script" || return 0
  done
  return 1
}
# Scripts that run by themselves when something is installed.
has_install_scripts() {
  has_one_of preinstall install postinstall prepublish preprepare prepare postprepare ||
    [[ -f $build_dir/binding.gyp ]]
}

# choose_production: sets $production, "true", "false" or nothing, and $production_source, who says so.
choose_production() {
  local name
  production='' production_source=''
  for name in NPM_CONFIG_PRODUCTION npm_config_production YARN_PRODUCTION; do
    [[ -n ${!name:-} ]] || continue
    production=${!name} production_source=$name
    return 0
  done
}

# keeps_dev: whether the app is to have development dependencies, too; $kept_for says why.
keeps_dev() {
  local -A own_switch=([berry]=YARN2_SKIP_PRUNING [pnpm]=PNPM_SKIP_PRUNING)
  local switch
  kept_for=''
  [[ $production != true ]] || return 1
  for switch in SKIP_PRUNING ${own_switch[$manager]:-}; do
    [[ ${!switch:-} != true ]] || kept_for="$switch is true"
  done
  [[ ${NODE_ENV:-production} == production ]] || kept_for="NODE_ENV is '$NODE_ENV', not 'production'"
  [[ $production != false ]] || kept_for="$production_source is false"
  [[ -n $kept_for ]]
}

# With no script that could use them, development dependencies are not even fetched. yarn from 2
# on has no such install.
omits_dev() {
  [[ $manager != berry ]] || return 1
  [[ $production != true ]] || return 0
  ! keeps_dev && ! has_one_of "${build_scripts[@]}" && ! has_install_scripts
}

installs() {
  [[ $has_dependencies == true ]] || has_install_scripts ||
    { [[ $has_dev_dependencies == true ]] && ! omits_dev; }
}

run_script() {
  local runner=$command code=0 flags=()
  # Before the install, yarn from 2 on would refuse.
  [[ $manager != berry || -e $build_dir/.yarn/install-state.gz ]] || runner=npm
  if [[ $1 == build && -n ${NODE_BUILD_FLAGS:-} ]]; then
    read -ra flags <<<"$NODE_BUILD_FLAGS"
    # The others hand on what follows the script's name.
    [[ $runner != npm ]] || flags=(-- "${flags[@]}")
  fi
  info "$runner run $1${flags:+ ${flags[*]}}"
  (cd "$build_dir" && "$runner" run "$1" "${flags[@]}") || code=$?
  if ((code != 0)); then
    warn "The script '$1' of package.json failed with exit code $code"
    exit "$code"
  fi
}

# run_first TITLE SCRIPT...: runs the first of these scripts that the app has. An empty one keeps
# those after it from being run, and is nothing that yarn would take.
run_first() {
  local title=$1 script
  shift
  for script; do
    has_script "$script" || continue
    [[ $empty_scripts != *" $script "* ]] || return 0
    title "$title"
    run_script "$script"
    return
  done
}

build_app() {
  if [[ ${NPM_NO_BUILD:-} == true ]]; then
    run_first 'Building' scalingo-postbuild heroku-postbuild
  else
    run_first 'Building' "${build_scripts[@]}"
  fi
}

install_dependencies() {
  local install=${manager}_install code=0 log=$store/install.log
  modules_are_committed=false
  if [[ -d $build_dir/node_modules ]]; then
    modules_are_committed=true
    [[ ${SKIP_NODE_MODULES_CHECK:-} == true ]] ||
      warn 'node_modules is in the repository: it is used as it is. To have it installed' \
        'from the lockfile instead: git rm -r --cached node_modules, and add it to .gitignore.' \
        'If it is meant to be there: SKIP_NODE_MODULES_CHECK=true'
    install=rebuild_modules
  elif [[ -z $lockfile ]]; then
    warn "No ${lockfile_of[$manager]}: every build may install other versions." \
      "Run $command install, and commit the ${lockfile_of[$manager]} that it writes."
  elif restore_modules; then
    return
  fi

  "$install" 2>&1 | tee "$log" || code=$?
  ((code == 0)) || explain_install "$code" "$log"
  rm -f "$log"
  [[ $modules_are_committed == true ]] || keep_modules
}

declare -A lockfile_of=([npm]=package-lock.json [yarn]=yarn.lock [berry]=yarn.lock [pnpm]=pnpm-lock.yaml [bun]=bun.lock)

# What is installed, for NODE_VERBOSE=true. That something is amiss with it is no failure here.
list_dependencies() {
  local -A words=([npm]='ls --depth=0' [yarn]='list --depth=0' [berry]='info --name-only' [pnpm]='ls --depth=0' [bun]='pm ls')
  title 'Installed dependencies'
  # shellcheck disable=SC2086  # words
  manage ${words[$manager]} || true
}

# Native modules, for this Node.js. pnpm has to do it where pnpm has laid out the modules.
rebuild_modules() {
  local command=npm
  [[ ! -e $build_dir/node_modules/.modules.yaml || $manager != pnpm ]] || command=pnpm
  manage rebuild
}

is_behind() {
  warn "$lockfile and package.json do not agree." \
    "Run $1, commit the $lockfile that it writes, and push again."
}

explain_install() {
  local code=$1 log=$2 mirror='To use a mirror, set NPM_CONFIG_REGISTRY to its URL;' modules=node_modules
  [[ $manager != yarn ]] || mirror='A mirror would have to be in the addresses of yarn.lock;'
  [[ $manager != berry ]] || modules='.yarn/cache (enableGlobalCache: false)'
  if grep -qE 'ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|SOCKET_?TIMEOUT|ESOCKETTIMEDOUT|ERR_SOCKET|RequestError|[Cc]onnection refused|dns error|Connection(Refused|Closed)|UnableToConnect|FailedToOpenSocket|error sending request' "$log"; then
    warn "Could not reach a registry ($registry_host is the app's). This build needs it to install" \
      "the dependencies of package.json. $mirror" \
      "to do without, commit $modules."
  elif grep -qE 'SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY)|CERT_|UnknownIssuer' "$log"; then
    warn "The certificate of a registry is not trusted. Set NODE_EXTRA_CA_CERTS to your CA's file."
  elif grep -qE "(^|[^A-Za-z0-9])E40[134]([^0-9]|$)|ERR_PNPM_FETCH_40[134]|Couldn't find package|YN0035|failed to resolve|GET https?://[^ ]+ - 40[134]" "$log"; then
    warn 'A registry does not give a package to this build (see above). If it is a private one, its registry' \
      'and a token for it have to be in .npmrc (.yarnrc.yml for yarn from 2 on), the token as a variable:' \
      "//$registry_host/:_authToken=\${NPM_TOKEN}, and hythe env APP set NPM_TOKEN=..."
  else
    "${manager}_explain" "$log"
  fi
  rm -f "$log"
  exit "$code"
}

# The same lockfile, tools and variables install the same files, and unpacking them
# is several times faster than an install. An archive, not links: packages write into
# node_modules. Apps with install scripts of their own get them run each time.
modules_signature() {
  omits_dev && echo 'without development dependencies'
  printf '%s\n' "$node_version" "$manager" "$version" "${STACK:-}" "$store"
  (
    shopt -s nullglob
    cd "$build_dir" || exit
    # Not every app has them all.
    cat package.json "$lockfile" .npmrc .yarnrc pnpm-workspace.yaml .pnpmfile.*js 2>/dev/null || true
    [[ ! -d $env_dir ]] || { cd "$env_dir" && tail -vn +1 -- *; }
  ) </dev/null | sha256sum
}

# Not what is more than its lockfile says: directories of the app, repositories, patches.
# Nor berry's, which has more than node_modules, and an own cache that is as fast, as bun's is.
can_keep_modules() {
  [[ ${NODE_MODULES_CACHE:-} != false && ${USE_NPM_INSTALL:-} != true && $has_workspaces == false ]] &&
    [[ -n $lockfile && $manager != berry && $manager != bun ]] && ! has_install_scripts &&
    ! grep -qsE '"link": true|[@": ](file|link|git|github|git\+[a-z]+|git@[^"]+):|type: (git|directory)' "$build_dir/$lockfile" &&
    ! grep -qs '^packages:' "$build_dir/pnpm-workspace.yaml"
}

restore_modules() {
  local kept=$store/node_modules.tar
  [[ -f $kept ]] && can_keep_modules && modules_signature | cmp -s - "$kept.signature" || return 1
  info 'node_modules, from the cache (same lockfile)'
  tar -xf "$kept" -C "$build_dir" --no-same-owner
}

keep_modules() {
  local kept=$store/node_modules.tar limit=512  # MiB
  rm -f "$kept" "$kept.signature"
  can_keep_modules && [[ -d $build_dir/node_modules ]] &&
    (($(du -sm "$build_dir/node_modules" | cut -f 1) <= limit)) || return 0
  tar -cf "$kept" -C "$build_dir" node_modules
  modules_signature >"$kept.signature"
}

prune_dependencies() {
  [[ $has_dev_dependencies == true ]] && ! omits_dev || return 0
  if keeps_dev; then
    info "Development dependencies stay: $kept_for"
    return
  fi
  # The others would install it all again.
  [[ ${modules_are_committed:-false} == false || $manager == npm ]] || return 0
  title 'Removing development dependencies'
  "${manager}_prune"
}
