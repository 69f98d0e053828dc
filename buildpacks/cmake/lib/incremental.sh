# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in three files: see bin/compile
# The build directory stays in the cache, and CMake compiles what changed. It knows which headers
# and flags each object was made from; what it needs is sources that are always in the same place,
# and that are not newer than their objects only because they were just checked out.

tree=$store/build
source_dir=$store/source  # a link to the place of this build

# Whatever CMake found out once and does not ask again.
signature() {
  printf '%s\n' "${STACK:-}" "$(cmake --version | head -n 1)" "$("${CC:-cc}" --version 2>&1 | head -n 1)" \
    "$("${CXX:-c++}" --version 2>&1 | head -n 1)"
  env | grep -E '^(CC|CXX|(C|CXX|CPP|LD)FLAGS|CMAKE_[A-Z_]+|PATH|CPATH|LIBRARY_PATH|PKG_CONFIG_PATH)=' | sort
}

# The files of the app with their sums.
manifest() {
  (cd "$build_dir" && find . -path ./.hythe -prune -o -type f -print0 | xargs -0 -r sha256sum -z | LC_ALL=C sort -z)
}

# resume_build: sets $resumed, whether there is something to go on from.
resume_build() {
  local name
  resumed=no
  ln -sfn "$build_dir" "$source_dir"
  # What earlier buildpacks brought, too.
  for name in $(compgen -e); do
    [[ ${!name} != *"$build_dir/"* ]] || export "$name=${!name//"$build_dir/"/"$source_dir/"}"
  done
  manifest >"$store/files.new"
  : >"$store/unchanged"
  if [[ ! -d $tree || ! -f $store/files ]] || ! signature | cmp -s - "$store/signature"; then
    start_anew
    return
  fi
  resumed=yes
  LC_ALL=C comm -z -12 "$store/files" "$store/files.new" | cut -z -c 67- >"$store/unchanged"
  (cd "$build_dir" && xargs -0 -r touch -c -d @1000000000 -- <"$store/unchanged")
  info "Going on from the last build: $(tr -cd '\0' <"$store/unchanged" | wc -c) of $(tr -cd '\0' <"$store/files.new" | wc -c) files are the same"
}

start_anew() {
  resumed=no
  rm -rf "$tree"
}

# keep_build: only what was built without an error is worth going on from.
keep_build() {
  local limit=1024  # MiB
  (cd "$build_dir" && xargs -0 -r touch -c -- <"$store/unchanged")  # no date of ours for the app
  rm -f "$store/unchanged" "$store/log" "$source_dir"
  if (($(du -sm "$tree" | cut -f 1) > limit)); then
    info "The build directory is not kept: it has more than $limit MiB"
    rm -rf "$tree" "$store/files" "$store/files.new"
    return
  fi
  mv "$store/files.new" "$store/files"
  signature >"$store/signature"
}
