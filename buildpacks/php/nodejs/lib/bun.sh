# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in several files: see bin/compile
# bun, a native program: a package for each kind of machine. Node.js is there beside it, since the
# programs of most packages ask for it.

bun_provide() {
  local name=bun package=@oven/bun-linux-x64 program
  [[ $node_package != *-arm64 ]] || package=@oven/bun-linux-aarch64
  # A build of its own for older processors.
  [[ $package != *-x64 ]] || grep -qsw avx2 /proc/cpuinfo || package+=-baseline

  wish_of bun
  wanted_pin=''  # packageManager's is of no file that the registry has
  if [[ -z $wanted && -f $build_dir/.bun-version ]]; then
    wanted=$(tr -d '[:space:]' <"$build_dir/.bun-version")
    wanted_source=.bun-version
  fi
  provide "$package" 1
  ln -f "$store/$package-$version/bin/bun" "$node_home/bin/bun" 2>/dev/null ||
    cp --reflink=auto "$store/$package-$version/bin/bun" "$node_home/bin/bun"
  ln -sf bun "$node_home/bin/bunx"
}

# It reads .npmrc, NPM_CONFIG_REGISTRY and NODE_EXTRA_CA_CERTS by itself.
bun_prepare() { export BUN_INSTALL_CACHE_DIR=$store/downloads DO_NOT_TRACK=1; }

bun_install() {
  # A link would let a script that writes into node_modules change the cache.
  local options=(--backend copyfile)
  [[ -z $lockfile ]] || options+=(--frozen-lockfile)
  ! omits_dev || options+=(--production)
  manage install "${options[@]}"
}

bun_explain() {
  if grep -q 'lockfile is frozen' "$1"; then
    is_behind 'bun install'
  fi
}

bun_prune() {
  if bun prune --help 2>&1 | grep -q -e --production; then
    manage prune --production
  else
    warn "They stay: bun $version cannot remove them. A later one can: see $wanted_source."
  fi
}
