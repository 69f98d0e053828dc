# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # one script in several files: see bin/compile
# cacheDirectories of package.json: what a build is to find as the last one left it, before
# development dependencies were removed. node_modules need not be among them: they are kept anyway.

check_directories() {
  local directory
  for directory in "${cache_directories[@]}"; do
    [[ -n $directory && $directory != /* && /$directory/ != */../* && /$directory/ != */./ ]] ||
      fail "cacheDirectories in package.json has '$directory', which is not a directory in the app" \
        'Write paths from the root of the app, such as .next/cache or client/node_modules.'
  done
}

# What they hold may be compiled, or laid out in the way of one package manager.
directories_signature() { printf '%s\n' "$node_version" "$manager" "${version:-}" "${STACK:-}"; }

restore_directories() {
  local kept=$store/directories directory
  ((${#cache_directories[@]} > 0)) || return 0
  title 'Restoring cacheDirectories'
  if [[ ${NODE_MODULES_CACHE:-} == false ]]; then
    info 'Not done: NODE_MODULES_CACHE is false'
    return
  fi
  if [[ -d $kept ]] && ! directories_signature | cmp -s - "$kept.signature"; then
    info "Not done: they were kept by another Node.js, $command or stack"
    return
  fi
  for directory in "${cache_directories[@]}"; do
    if [[ $directory == node_modules ]]; then
      continue
    elif [[ -e $build_dir/$directory ]]; then
      info "$directory (is in the repository)"
    elif [[ ! -e $kept/$directory ]]; then
      info "$directory (not in the cache)"
    else
      info "$directory"
      copy_directory "$kept/$directory" "$build_dir/$directory"
    fi
  done
}

keep_directories() {
  local kept=$store/directories directory
  rm -rf "$kept" "$kept.signature"
  ((${#cache_directories[@]} > 0)) && [[ ${NODE_MODULES_CACHE:-} != false ]] || return 0
  mkdir "$kept"
  for directory in "${cache_directories[@]}"; do
    [[ $directory != node_modules && -e $build_dir/$directory && ! -e $kept/$directory ]] || continue
    copy_directory "$build_dir/$directory" "$kept/$directory"
  done
  directories_signature >"$kept.signature"
}

copy_directory() { # FROM TO
  mkdir -p "$(dirname "$2")"
  cp -a --reflink=auto "$1" "$2"
}
