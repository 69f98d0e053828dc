# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in several files: see bin/compile
# pnpm.

# The release for a form of the lockfile. From 11 on, a package with an install script that the
# app does not list fails the install: those releases are for apps that ask for them.
usual_pnpm() {
  local form=''
  [[ -z $lockfile ]] || form=$(sed -nE "s/^lockfileVersion:[[:space:]]*['\"]?([0-9]+).*/\1/p" "$build_dir/$lockfile" | tail -n 1)
  case $form in
    5) echo 7 ;;
    6) echo 8 ;;
    *) echo 10 ;;
  esac
}

pnpm_provide() {
  local name=pnpm home=$node_home/lib/node_modules/pnpm native
  wish_of pnpm
  provide pnpm "$(usual_pnpm)" --exclude=package/CHANGELOG.md --exclude='package/dist/reflink.'{win32,darwin}'*'
  put_in_place pnpm
  # From 12 on it is a native program, which is a package for each kind of machine.
  native=@pnpm/exe.${node_package#node-}
  if jq -e --arg native "$native" '.optionalDependencies[$native]?' "$home/package.json" >/dev/null; then
    wanted=$version wanted_source=pnpm wanted_pin=''
    name=$native provide "$native" "$version"
    ln -f "$store/$native-$version/pnpm" "$home/pnpm" 2>/dev/null ||
      cp --remove-destination --reflink=auto "$store/$native-$version/pnpm" "$home/pnpm"
  fi
  pnpm_version=$version
}

# pnpm_set NAME VALUE: one of its settings; from 11 on they have a prefix of their own.
pnpm_set() {
  if ((${pnpm_version%%.*} >= 11)); then export "pnpm_config_$1=$2"; else export "npm_config_$1=$2"; fi
}

pnpm_prepare() {
  pnpm_set store_dir "$store/downloads"
  pnpm_set cache_dir "$store/downloads/metadata"
  # A link would let a script that writes into node_modules change the cache.
  pnpm_set package_import_method copy
  # What is pruned is to go at once, not after a week.
  pnpm_set modules_cache_max_age 0
  pnpm_set update_notifier false
  pnpm_set fetch_retry_mintimeout "$npm_config_fetch_retry_mintimeout"
  pnpm_set fetch_retry_maxtimeout "$npm_config_fetch_retry_maxtimeout"
  if ((${pnpm_version%%.*} >= 11)); then
    [[ $registry == https://registry.npmjs.org ]] || pnpm_set registry "$registry"
    # This release is the one; and an app that starts is not to install anything.
    pnpm_set pm_on_fail ignore
    pnpm_set verify_deps_before_run false
    cat >>"$build_dir/.profile.d/nodejs.sh" <<'PROFILE'
export pnpm_config_pm_on_fail=ignore pnpm_config_verify_deps_before_run=false
PROFILE
  fi
}

pnpm_install() {
  local mode=--prod=false
  ! omits_dev || mode=--prod
  if [[ -n $lockfile ]]; then
    manage install --frozen-lockfile "$mode"
  else
    manage install --no-frozen-lockfile "$mode"
  fi
}

pnpm_explain() {
  if grep -qE 'ERR_PNPM_(OUTDATED_LOCKFILE|LOCKFILE_CONFIG_MISMATCH)' "$1"; then
    is_behind 'pnpm install'
  elif grep -qE 'ERR_PNPM_(LOCKFILE_BREAKING_CHANGE|NO_LOCKFILE)' "$1"; then
    warn "pnpm $pnpm_version cannot use this pnpm-lock.yaml: set packageManager in package.json" \
      'to the pnpm that wrote it.'
  elif grep -q 'ERR_PNPM_IGNORED_BUILDS' "$1"; then
    warn 'Packages have install scripts that the app does not allow yet.' \
      'Run pnpm approve-builds, commit what it writes, and push again.'
  fi
}

# Not "pnpm prune", which leaves out the packages of a workspace.
pnpm_prune() { manage install --prod --frozen-lockfile --prefer-offline --ignore-scripts; }
