# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in several files: see bin/compile
# yarn from 2 on, which its authors call berry. Its settings are in .yarnrc.yml.

# yarnrc KEY: what .yarnrc.yml says, at its top level.
yarnrc() {
  [[ ! -f $build_dir/.yarnrc.yml ]] ||
    sed -nE "s/^[\"']?$1[\"']?:[[:space:]]*[\"']?([^\"'#]*[^\"'#[:space:]]).*/\1/p" "$build_dir/.yarnrc.yml" | tail -n 1
}

# Whether the app's yarn is not yarn 1.
is_berry() {
  wish_of yarn
  [[ -z $(yarnrc yarnPath) ]] || return 0
  # The first number of a range decides, unless it is 1: ">=1.22" says nothing about the lockfile.
  if [[ $wanted =~ [0-9]+ ]] && ((10#${BASH_REMATCH[0]} >= 2)); then return; fi
  if [[ -n $lockfile ]]; then grep -q '^__metadata:' "$build_dir/$lockfile"; else [[ -f $build_dir/.yarnrc.yml ]]; fi
}

# Each form of the lockfile belongs to some releases, and all others would rewrite it.
usual_berry() {
  local form=''
  [[ -z $lockfile ]] || form=$(sed -nE '/^__metadata:/,/^$/s/^[[:space:]]+version:[[:space:]]*([0-9]+).*/\1/p' "$build_dir/$lockfile")
  case $form in
    4) echo '2 - 3.0' ;;
    5) echo 3.1 ;;
    6) echo '>=3.2 <4' ;;
    8) if grep -qE '^ +checksum: [^/]+$' "$build_dir/$lockfile"; then echo 4.0; else echo '>=4.1 <4.14'; fi ;;
    9) echo 4.14 ;;
    *) echo '>=4' ;;
  esac
}

berry_provide() {
  local name=yarn path
  path=$(yarnrc yarnPath)
  path=${path#./}
  if [[ -z $path ]]; then
    wish_of yarn
    wanted_pin=''  # it is the sum of a file of yarn's own site
    provide @yarnpkg/cli-dist "$(usual_berry)"
    put_in_place @yarnpkg/cli-dist
    return
  fi
  [[ -f $build_dir/$path && /$path/ != */../* ]] || fail ".yarnrc.yml: the yarnPath '$path' is not in the repository" \
    "git add --force $path, or remove yarnPath and set packageManager in package.json; then push again."
  version=$path
  info "yarn from the repository (yarnPath: $path)"
  chmod a+x "$build_dir/$path"
  ln -s "../../../$path" "$node_home/bin/yarn"
}

is_pnp() {
  local linker=${YARN_NODE_LINKER:-$(yarnrc nodeLinker)}
  [[ ${linker:-pnp} == pnp ]]
}

berry_prepare() {
  export YARN_GLOBAL_FOLDER=$store/downloads YARN_ENABLE_TELEMETRY=false
  # A variable of this form that is none of its settings is an error, here and in the app.
  unset YARN_PRODUCTION
  printf 'unset YARN_PRODUCTION  # which only yarn 1 knows\n' >>"$build_dir/.profile.d/nodejs.sh"
  # It does not read .npmrc.
  if [[ $registry != https://registry.npmjs.org && -z $(yarnrc npmRegistryServer) ]]; then
    export YARN_NPM_REGISTRY_SERVER=${YARN_NPM_REGISTRY_SERVER:-$registry}
    [[ $registry != http:* ]] || export YARN_UNSAFE_HTTP_WHITELIST=${registry_host%:*}
  fi
  if [[ -d $build_dir/.yarn/cache ]]; then
    has_committed_cache=true
  elif is_pnp; then
    # The app runs from the archives of the packages, so they are to be in it.
    has_committed_cache=false
    export YARN_ENABLE_GLOBAL_CACHE=false
    ! grep -qsE "^[^#]*:[[:space:]]*node[[:space:]]" "$build_dir/Procfile" ||
      warn "The Procfile starts node by itself, which finds no packages with Plug'n'Play." \
        "Write 'yarn node', or set nodeLinker: node-modules in .yarnrc.yml."
  else
    has_committed_cache=true
    export YARN_ENABLE_GLOBAL_CACHE=true
  fi
}

# There is no install without development dependencies that would look at the lockfile.
berry_install() {
  if [[ -n $lockfile ]]; then manage install --immutable; else manage install --no-immutable; fi
}

berry_explain() {
  if grep -q YN0028 "$1"; then
    is_behind 'yarn install'
    warn "If it changes nothing, this yarn ($version) is not the one that wrote yarn.lock: set packageManager."
  fi
}

berry_prune() {
  if (cd "$build_dir" && yarn workspaces focus --help) >/dev/null 2>&1; then
    # It fetches what stays out of the downloads again, and would not remove the rest.
    [[ $has_committed_cache == true ]] || rm -rf "$build_dir/.yarn/cache"
    manage workspaces focus --all --production
  else
    warn 'They stay: yarn 2 and 3 need a plugin for it. To have them removed:' \
      'yarn plugin import workspace-tools, and commit .yarn/plugins and .yarnrc.yml.'
  fi
}
