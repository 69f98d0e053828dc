# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in several files: see bin/compile
# Which package manager: npm, yarn (1), berry (yarn from 2 on), pnpm or bun; and its way into
# $BUILD_DIR/.hythe/node. What each one does is in the file of its name:
#
#   NAME_provide    its release
#   NAME_prepare    its environment, for this build
#   NAME_install    installs, from the lockfile where there is one
#   NAME_explain    says more of an install that failed; its argument is the log
#   NAME_prune      removes development dependencies

# choose_manager: sets $manager, its $command, and $lockfile, which is empty if there is none.
choose_manager() {
  local file found=()
  for file in npm-shrinkwrap.json package-lock.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb; do
    [[ ! -f $build_dir/$file ]] || found+=("$file")
  done
  lockfile=${found[0]:-}
  case ${found[*]} in
    '') manager=${named_manager:-npm} ;;
    package-lock.json | 'npm-shrinkwrap.json package-lock.json' | npm-shrinkwrap.json) manager=npm ;;
    yarn.lock) manager=yarn ;;
    pnpm-lock.yaml) manager=pnpm ;;
    bun.lock | bun.lockb | 'bun.lock bun.lockb') manager=bun ;;
    *) fail "Two lockfiles: ${found[*]}" \
      'They can disagree, and only one package manager can be right.' \
      'Remove the one that you do not use (git rm), and push again.' ;;
  esac

  case $manager in
    npm | yarn | pnpm | bun) check_name ;;
    *)
      ! installs || fail "${lockfile:-packageManager in package.json} asks for $manager, which this buildpack does not support" \
        'Commit the lockfile of npm, yarn, pnpm or bun instead: run npm install, remove the other' \
        'lockfile, commit the package-lock.json, and push again.'
      manager=npm lockfile='' ;;
  esac
  command=$manager
  [[ $manager != yarn ]] || ! is_berry || manager=berry
}

# npm does not look at packageManager, and corepack has written it into many a package.json.
check_name() {
  [[ -n $named_manager && $named_manager != "$manager" ]] || return 0
  [[ $manager == npm ]] || fail "package.json names $named_manager as its package manager, and the lockfile is ${lockfile}" \
    "Change packageManager, or commit the lockfile of $named_manager instead."
  warn "package.json names $named_manager as its package manager, and $lockfile is npm's: using npm"
}

# wish_of NAME: sets $wanted, a range or nothing, with its $wanted_source and $wanted_pin.
wish_of() {
  local -n wish=$1_wish
  wanted=${wish[0]} wanted_source=${wish[1]} wanted_pin=${wish[2]}
}

# provide PACKAGE USUAL TAR-OPTION...: the release of $name that the app wants, a USUAL one if
# that will do, and for this Node.js; sets $version.
provide() {
  local package=$1 usual=$2 integrity url from=$registry_host
  shift 2
  if [[ -n $wanted ]]; then
    is_range "$wanted" || fail "$wanted_source asks for $name '$wanted', which is not a version range" \
      'Write a version, or in engines a range: 10.x, ^4.1 or >=9.'
  elif [[ $name == npm || -z $lockfile ]]; then
    wanted_source="usual for Node.js ${node_version%%.*}"
  else
    wanted_source="usual for this $lockfile"
  fi

  if [[ $wanted =~ ^[v=]*([0-9]+\.[0-9]+\.[0-9]+)$ ]] && is_unpacked "$package" "${BASH_REMATCH[1]}" "$wanted_pin"; then
    version=${BASH_REMATCH[1]}
  elif update_list "$package"; then
    read -r version integrity url < <(listed "$package" "$usual" '' "$node_version") || true
    if [[ -z $version || (-n $wanted && -z $(best_of "$wanted" <<<"$version")) ]]; then
      read -r version integrity url < <(listed "$package" "${wanted:-*}" '' "$node_version") || not_provided "$package"
    fi
  else
    version=$(installed "$package" | best_of "${wanted:-$usual}")
    if [[ -z $version ]] || ! is_unpacked "$package" "$version" "$wanted_pin"; then
      cannot_download "$name ${wanted:-$usual}"
    fi
    warn "$registry_host cannot be reached, using $name $version from the cache" "($download_error)"
  fi

  ! is_unpacked "$package" "$version" "$wanted_pin" || from='the cache'
  info "$name $version ($wanted_source${wanted:+: $wanted}), from $from"
  [[ $from == 'the cache' ]] || unpack "$package" "$version" "$integrity" "$url" "$wanted_pin" "$@"
  forget_others "$package" "$version"
}

not_provided() {
  read -r version _ < <(listed "$1" "${wanted:-*}" '') || fail "There is no $name '$wanted', which $wanted_source asks for" \
    "The newest that $registry_host has is $(listed "$1" '*' '' | cut -d ' ' -f 1); releases with a hyphen are not offered."
  fail "$name $version does not run on Node.js $node_version" \
    "It needs $(jq -r --arg version "$version" '.[$version].node' "$store/$1.json"). Change $wanted_source or engines.node in package.json."
}

# put_in_place PACKAGE: the tree of $name among the app's tools, and its programs on the PATH.
put_in_place() {
  local tree=$store/$1-$version home=$node_home/lib/node_modules/$name program file
  mkdir -p "$node_home/lib/node_modules"
  link_tree "$tree" "$home"
  while read -r program file; do
    [[ -x $home/$file ]] || chmod a+x "$home/$file"
    ln -sf "../lib/node_modules/$name/${file#./}" "$node_home/bin/$program"
  done < <(jq -r '.bin | to_entries[] | "\(.key) \(.value)"' "$tree/package.json")
}

# manage ARGUMENT...: the package manager, in the app; says what it is told.
manage() {
  info "$command $*"
  (cd "$build_dir" && "$command" "$@")
}

# What it downloads is not to fill the cache.
bound_downloads() {
  local limit=512  # MiB
  [[ -d $store/downloads ]] && (($(du -sm "$store/downloads" | cut -f 1) > limit)) || return 0
  info "Emptying $command's downloads in the cache: they have grown beyond $limit MiB"
  rm -rf "$store/downloads"
}
