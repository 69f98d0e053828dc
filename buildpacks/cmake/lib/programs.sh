# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in three files: see bin/compile
# From CMakeLists.txt to programs, and their way into the image.

logged() { "$@" 2>&1 | tee "$store/log"; }

configure() {
  local warnings=()
  # Not everybody asks for BUILD_TESTING; what the app's own arguments mean is worth a warning.
  ((${#arguments[@]})) || warnings=(--no-warn-unused-cli)
  # Programs find the app's own libraries, wherever they are, and know their place in the app.
  # shellcheck disable=SC2016  # the dynamic linker's $ORIGIN
  logged cmake -S "$source_dir" -B "$tree" -DCMAKE_BUILD_TYPE="${CMAKE_BUILD_TYPE:-Release}" \
    -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_RPATH='$ORIGIN/../lib' \
    -DCMAKE_BUILD_RPATH_USE_ORIGIN=ON -DBUILD_TESTING=OFF "${warnings[@]}" "${arguments[@]}"
}

compile() {
  logged cmake --build "$tree" --parallel "${CMAKE_BUILD_PARALLEL_LEVEL:-$(jobs_at_once)}"
}

programs_in() { find "$1" -type f -perm -u+x ! -name '*.so' ! -name '*.so.*'; }

# install_programs: what the project installs goes to .hythe/cmake. Its build directory comes as
# build/, if there is no program among that, or if the Procfile names it.
install_programs() {
  local stage=$store/stage home=$build_dir/.hythe/cmake
  rm -rf "$stage" "$home"
  DESTDIR=$stage logged cmake --install "$tree" >"$store/installed" || {
    cat "$store/installed"
    exit 1
  }
  rm -f "$store/installed"
  mkdir -p "$home"
  if [[ -d $stage$prefix ]]; then
    cp -a "$stage$prefix/." "$home/"
    rm -rf "$stage$prefix"
  fi
  [[ ! -d $stage || -z $(find "$stage" -type f | head -n 1) ]] || warn "Installed outside of $prefix, and left out:" \
    "$(cd "$stage" && find . -type f | sed 's/^\.//' | head -n 5 | tr '\n' ' ')"
  rm -rf "$stage"
  # What only compilers read. Another buildpack may bring one.
  [[ -f $build_dir/.buildpacks ]] || {
    rm -rf "$home"/include "$home"/{lib,share}/{cmake,pkgconfig}
    find "$home" -name '*.a' -delete
  }

  if [[ -z $(programs_in "$home" | head -n 1) ]] || grep -qE '(^|[^A-Za-z0-9_])build/' "$build_dir/Procfile" 2>/dev/null; then
    copy_build
  fi
  find "$home" -type d -empty -delete
  [[ ! -d $home ]] || put_on_path cmake
  list_programs
}

# Objects and CMake's own files stay behind.
copy_build() {
  mkdir -p "$build_dir/build"
  {
    cd "$tree" || exit
    find . \( -name CMakeFiles -o -path ./_deps -o -path ./Testing \) -prune -o \( -type f -o -type l \) \
      ! -name '*.o' ! -name '*.a' ! -name '*.cmake' ! -name CMakeCache.txt ! -name Makefile ! -name '*.ninja' ! -name '.ninja*' ! -name install_manifest.txt -print0
    [[ ! -d _deps ]] || find ./_deps \( -name '*.so' -o -name '*.so.*' \) -print0
  } | tar -cf - -C "$tree" --null -T - | tar -xf - -C "$build_dir/build" --no-same-owner
}

list_programs() {
  local programs=() directory
  for directory in .hythe/cmake build; do
    [[ ! -d $build_dir/$directory ]] ||
      mapfile -t -O "${#programs[@]}" programs < <(cd "$build_dir" && programs_in "$directory" | sort)
  done
  ((${#programs[@]})) || fail 'CMake built no program' 'CMakeLists.txt needs an add_executable(...) for the server.'
  info "Programs: ${programs[*]:0:12}"
}
