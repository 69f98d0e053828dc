# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in several files: see bin/compile
# Which Node.js, and its way into $BUILD_DIR/.hythe/node.

# wanted_node: sets $node_range and $node_source. An empty range is "newest LTS".
wanted_node() {
  local file
  node_range=$engines_node
  node_source='engines.node'
  if [[ -z $node_range ]]; then
    for file in .nvmrc .node-version; do
      [[ -f $build_dir/$file ]] || continue
      node_range=$(sed -E 's/#.*//; s/[[:space:]]//g; /^$/d' "$build_dir/$file" | head -n 1)
      node_source=$file
      break
    done
  fi
  # nvm's names for what is no range.
  case $node_range in
    lts/argon) node_range=4 ;;      lts/boron) node_range=6 ;;     lts/carbon) node_range=8 ;;
    lts/dubnium) node_range=10 ;;   lts/erbium) node_range=12 ;;   lts/fermium) node_range=14 ;;
    lts/gallium) node_range=16 ;;   lts/hydrogen) node_range=18 ;; lts/iron) node_range=20 ;;
    lts/jod) node_range=22 ;;       lts/krypton) node_range=24 ;;
    'lts/*' | lts | --lts) node_range='*' ;;
    node | latest | stable | current) node_range='*' node_newest=yes ;;
  esac
}

# What works today, and may not with a later push.
warn_of_engines() {
  local major=${node_version%%.*} ended=''
  [[ $has_engine == false || -n $engines_node ]] ||
    warn "package.json has \"engine\", which nothing reads: it is called \"engines\""
  if [[ $node_source == engines.node ]] && is_unbounded "$node_range"; then
    warn "engines.node '$node_range' has no upper end: a push will bring a new major Node.js some day." \
      "To stay with this one, write \"node\": \"$major.x\" into package.json"
  fi
  # Even majors end in the third April after their long-term support began, odd ones after half
  # a year. From 27 on there is another schedule.
  if ((major < 27 && major % 2 == 0)); then ended=$((2016 + major / 2))-04-30; fi
  if ((major < 27 && major % 2 == 1)); then ended=$((2014 + major / 2))-06-01; fi
  [[ -z $ended || ! $(date +%F) > $ended ]] ||
    warn "Node.js $major gets no security fixes any more: choose a newer one ($node_source)"
}

# is_unbounded RANGE: whether it holds for any major to come.
is_unbounded() { [[ $(best_of "$1" <<<999.0.0) == 999.0.0 ]]; }

install_node() {
  local today version integrity url
  wanted_node
  if [[ -z $node_range ]]; then
    info 'No version asked for: the newest LTS. To choose one, write into package.json:'
    info '"engines": { "node": "24.x" }'
    node_source='newest LTS'
  fi
  is_range "$node_range" || fail "$node_source asks for Node.js '$node_range', which is not a version range" \
    'Write for example 24.x, ^22.12 or >=20.'
  today=$(date +%F)
  [[ -z ${node_newest:-} ]] || today=''

  if [[ $node_range =~ ^[v=]*([0-9]+\.[0-9]+\.[0-9]+)$ && -d $store/$node_package-${BASH_REMATCH[1]} ]]; then
    version=${BASH_REMATCH[1]}
  elif update_list "$node_package"; then
    read -r version integrity url < <(listed "$node_package" "$node_range" "$today") || fail \
      "No Node.js release satisfies $node_source '$node_range'" \
      "The newest that $registry_host has for this machine is $(listed "$node_package" '*' '' | cut -d ' ' -f 1)."
  else
    version=$(installed "$node_package" | best_of "$node_range")
    [[ -n $version ]] || cannot_download "Node.js ${node_range:-(newest LTS)}"
    warn "$registry_host cannot be reached, using Node.js $version from the cache" "($download_error)"
  fi

  if [[ -d $store/$node_package-$version ]]; then
    info "Node.js $version ($node_source${node_range:+: $node_range}), from the cache"
  else
    info "Node.js $version ($node_source${node_range:+: $node_range}), from $registry_host"
    unpack "$node_package" "$version" "$integrity" "$url" '' \
      --exclude=package/share --exclude=package/CHANGELOG.md --exclude=package/README.md \
      --exclude='package/include/node/openssl/archs/'{'[!l]*','linux[36]*','linux-[!ax]*'}
  fi
  forget_others "$node_package" "$version"

  node_version=$version
  warn_of_engines
  node_tree=$store/$node_package-$version
  rm -rf "$node_home"
  mkdir -p "$node_home/bin"
  # The headers stay behind: native modules find them through npm_config_nodedir.
  ln "$node_tree/bin/node" "$node_home/bin/node" 2>/dev/null ||
    cp --reflink=auto "$node_tree/bin/node" "$node_home/bin/node"
  cp "$node_tree/LICENSE" "$node_home/"
}

# The environment of this build, of later buildpacks, and of the app.
write_environment() {
  local bundle
  export PATH="$node_home/bin:$build_dir/node_modules/.bin:$PATH"
  export NODE_HOME=$node_home
  export NODE_ENV=${NODE_ENV:-production}
  # Its own limit is no more than half of the memory, which bundlers of large sites go beyond.
  if [[ ${MEMORY_AVAILABLE:-} =~ ^[1-9][0-9]*$ ]]; then
    export NODE_OPTIONS=${NODE_OPTIONS:---max-old-space-size=$((MEMORY_AVAILABLE * 5 / 8))}
  fi
  if [[ -z ${NODE_EXTRA_CA_CERTS:-} ]]; then
    # Node.js does not look at the system's store, where the host's own CAs are.
    for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt; do
      [[ ! -r $bundle ]] || { export NODE_EXTRA_CA_CERTS=$bundle && break; }
    done
  fi
  {
    # shellcheck disable=SC2016  # $PATH is for whoever sources it
    printf 'export PATH=%q:%q:"$PATH"\n' "$node_home/bin" "$build_dir/node_modules/.bin"
    printf 'export NODE_HOME=%q\n' "$node_home"
    [[ -z ${NODE_EXTRA_CA_CERTS:-} ]] || printf 'export NODE_EXTRA_CA_CERTS=%q\n' "$NODE_EXTRA_CA_CERTS"
    [[ -z ${NODE_OPTIONS:-} ]] || printf 'export NODE_OPTIONS=%q\n' "$NODE_OPTIONS"
  } >"$bp_dir/export"

  mkdir -p "$build_dir/.profile.d"
  cp "$bp_dir/lib/profile.sh" "$build_dir/.profile.d/nodejs.sh"
}
