# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in four files: see bin/compile
# The tree .apt, which is /app/.apt at run time. No package's own script runs: what those would
# do and programs cannot do without is done here.

unpack_packages() {
  local i named=0
  rm -rf "$tree"
  mkdir -p "$tree"
  for i in "${!files[@]}"; do
    touch "${files[i]}"  # clean_debs: in use
    dpkg -x "${files[i]}" "$tree" ||
      fail "The package ${names[i]} cannot be unpacked" 'Clear the cache (hythe cache clear APP), and push again.'
    if is_named "$i"; then
      info "${names[i]} ${versions[i]}"
      named=$((named + 1))
    fi
  done
  ((${#files[@]} == named)) || info "and $((${#files[@]} - named)) more, which they need"
  # Nobody reads them here. What a licence asks for stays.
  rm -rf "$tree"/usr/share/{man,info,lintian,bug}
  [[ ! -d $tree/usr/share/doc ]] || find "$tree/usr/share/doc" -type f ! -name copyright -delete
  relink "$tree"
}

is_named() {
  local name
  for name in "${packages[@]}"; do [[ ${name%%[=/]*} != "${names[$1]}" ]] || return 0; done
  [[ ${files[$1]} != "$cache_dir/debs/"* ]]
}

# link_alternatives: the links that packages have made by update-alternatives, as far as their
# scripts name them word by word, and two kinds that they compute.
link_alternatives() {
  local file link path priority
  for file in "${files[@]}"; do
    dpkg-deb --ctrl-tarfile "$file" | tar -xO --wildcards ./postinst 2>/dev/null | alternatives || true
  done | sort -rn | while read -r priority link path; do
    link_alternative "$link" "$path"
  done
  for path in "$tree"/usr/bin/*-im6.q16; do  # ImageMagick: convert-im6.q16 is convert
    [[ ! -e $path ]] || link_alternative "/usr/bin/$(basename "${path%-im6.q16}")" "/usr/bin/${path##*/}"
  done
  for path in "$tree"/usr/lib/jvm/*/bin/*; do
    [[ ! -x $path ]] || link_alternative "/usr/bin/${path##*/}" "${path#"$tree"}"
  done
}

# alternatives <SCRIPT: "PRIORITY LINK PATH" lines, one for each link.
alternatives() {
  local words=() i priority=0
  mapfile -t words < <(sed -e ':a; /\\$/ { N; s/\\\n/ /; ba }' | tr -d "\"'" | grep -E 'update-alternatives.*--install' | tr -s ' \t;' '\n')
  for ((i = 0; i < ${#words[@]}; i++)); do
    case ${words[i]} in
      --install) priority=${words[i + 4]:-0} ;;
      --slave) ;;
      *) continue ;;
    esac
    [[ "${words[i + 1]:-} ${words[i + 3]:-}" =~ ^/[^\$]*\ /[^\$]*$ && $priority =~ ^[0-9]+$ ]] || continue
    printf '%s %s %s\n' "$priority" "${words[i + 1]}" "${words[i + 3]}"
  done
}

link_alternative() { # LINK PATH
  [[ ! -e $tree$1 && ! -L $tree$1 && -e $tree$2 ]] || return 0
  mkdir -p "$(dirname "$tree$1")"
  ln -s "$(realpath -m --no-symlinks --relative-to="$(dirname "$tree$1")" "$tree$2")" "$tree$1"
}

# pkg-config's files say /usr. Where they are themselves, they know.
fix_pkg_config() {
  local file root
  while IFS= read -r -d '' file; do
    root=$(realpath -m --no-symlinks --relative-to="$(dirname "$file")" "$tree")
    sed -E -i "s|^([A-Za-z_]+)=(/usr(/.*)?)\$|\1=\${pcfiledir}/$root\2|" "$file"
  done < <(find "$tree" -type f -path '*/pkgconfig/*.pc' -print0)
}

# The environment of later buildpacks, and of the app.
write_environment() {
  mkdir -p "$build_dir/.profile.d"
  environment "$tree" >"$bp_dir/export"
  # The first of all: what other buildpacks bring comes before it.
  environment /app/.apt >"$build_dir/.profile.d/000_apt.sh"
}

# environment ROOT: lines of shell for the tree that is at ROOT for their reader.
environment() {
  local multiarch libraries modules file line directory
  multiarch=$(dpkg --print-architecture | sed 's/^amd64$/x86_64/; s/^arm64$/aarch64/')-linux-gnu
  libraries=("usr/lib/$multiarch" "lib/$multiarch" usr/lib lib)
  # Where packages have ldconfig look.
  for file in "$tree"/etc/ld.so.conf.d/*.conf; do
    [[ -f $file ]] || continue
    while IFS= read -r line || [[ -n $line ]]; do
      [[ $line != /* || ! -d $tree$line ]] || libraries+=("${line#/}")
    done <"$file"
  done
  # Libraries that only the programs of one package use, which name this place below /usr.
  for directory in "$tree/usr/lib/$multiarch"/*/; do
    directory=${directory%/}
    if compgen -G "$directory/lib*.so*" >/dev/null; then libraries+=("${directory#"$tree"/}"); fi
  done

  prepend "$1" PATH usr/bin usr/sbin bin sbin usr/games
  prepend "$1" LD_LIBRARY_PATH "${libraries[@]}"
  prepend "$1" LIBRARY_PATH "${libraries[@]}"
  if [[ -d $tree/usr/include ]]; then
    prepend "$1" INCLUDE_PATH "usr/include/$multiarch" usr/include
    # shellcheck disable=SC2016  # for whoever sources it
    printf 'export CPATH="$INCLUDE_PATH" CPPPATH="$INCLUDE_PATH"\n'
  fi
  prepend "$1" PKG_CONFIG_PATH "usr/lib/$multiarch/pkgconfig" usr/lib/pkgconfig usr/share/pkgconfig
  mapfile -t modules < <(cd "$tree" && compgen -G "usr/lib/$multiarch/perl5/*")
  prepend "$1" PERL5LIB usr/share/perl5 "${modules[@]}"
  for directory in "$tree/usr/lib/$multiarch"/ImageMagick-*/modules-*; do
    [[ -d $directory ]] || continue
    directory=${directory#"$tree"/}
    prepend "$1" MAGICK_CODER_MODULE_PATH "$directory/coders"
    prepend "$1" MAGICK_CODER_FILTER_PATH "$directory/filters"
    mapfile -t modules < <(cd "$tree" && compgen -G 'etc/ImageMagick-*' && compgen -G 'usr/share/ImageMagick-*')
    prepend "$1" MAGICK_CONFIGURE_PATH "${modules[@]}"
  done
}

# prepend ROOT VARIABLE DIRECTORY...: puts those of the tree's directories that are there first.
prepend() {
  local root=$1 variable=$2 directory value=''
  shift 2
  for directory; do
    [[ ! -d $tree/$directory ]] || value+="${value:+:}$root/$directory"
  done
  [[ -n $value ]] || return 0
  # shellcheck disable=SC2016  # for whoever sources it
  printf 'export %s="%s${%s:+%s$%s}"\n' "$variable" "$value" "$variable" : "$variable"
}
