# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in four files: see bin/compile
# What the Aptfile says, line by line.

# read_aptfile: sets ${packages[@]}, ${deb_files[@]} and ${repositories[@]}.
read_aptfile() {
  local line word number=0 words
  packages=() deb_files=() repositories=()
  [[ -f $build_dir/$aptfile ]] || fail "There is no $aptfile at the root of the app" \
    'It names Debian packages, one a line.'
  while IFS= read -r line || [[ -n $line ]]; do
    number=$((number + 1))
    line=${line%$'\r'}
    if [[ $line =~ ^[[:space:]]*:repo:[[:space:]]*(.*) ]]; then
      add_repository "${BASH_REMATCH[1]}"
      continue
    fi
    read -ra words <<<"${line%%#*}"
    for word in "${words[@]}"; do add_package "$word"; done
  done <"$build_dir/$aptfile"
}

add_repository() {
  [[ $1 =~ ^deb(-src)?[[:space:]]+(\[[^]]*\][[:space:]]+)?[a-z+]+:[^[:space:]]+[[:space:]]+[^[:space:]]+ ]] ||
    fail "$aptfile line $number: ':repo:$1' is not a line of sources.list" \
      'Write for example :repo:deb [trusted=yes] https://example.com/debian stable main'
  repositories+=("$1")
}

# A package is named as for apt-get (nginx, nginx=1.22.1-9, nginx/bookworm-backports), by the URL
# of its file, or by that file's place in the app.
add_package() {
  local name
  case $1 in
    http://*.deb | https://*.deb)
      fetch_deb "$1"
      return ;;
    *.deb)
      [[ -f $build_dir/$1 && /$1/ != */../* ]] || fail "$aptfile line $number: there is no file '$1' in the app"
      add_deb "$build_dir/$1" "$1"
      return ;;
  esac
  [[ $1 =~ ^[a-z0-9][a-z0-9+.-]*[a-z0-9+](:[a-z0-9]+)?([=/][A-Za-z0-9.+:~-]+)?$ ]] ||
    fail "$aptfile line $number: '$1' is not the name of a package"
  name=${1%%[:=/]*}
  if [[ $name == libc6 || $name == libc-bin ]] || is_essential "$name"; then
    fail "$aptfile line $number: $name belongs to the stack" \
      'Every program of the stack needs the one that it came with; another version breaks them.' \
      "Remove the line. For another $name, choose another stack."
  fi
  packages+=("$1")
}

is_essential() { [[ $(dpkg-query -W -f '${Essential}' "$1" 2>/dev/null) == yes* ]]; }

# fetch_deb URL: downloads what is newer than what the cache has.
fetch_deb() {
  local url=$1 name file
  name=${url##*/}
  file=$store/$(cksum <<<"$url" | tr ' ' -)-$name
  if [[ ! -f $file ]]; then
    fetch "$name" "$url" "$file" '' 'To do without, commit the file, and write its name into the Aptfile.'
  elif ! curl --silent --fail --location --proto '=http,https' --remote-time --time-cond "$file" \
    --connect-timeout "${CURL_CONNECT_TIMEOUT:-30}" --max-time "${CURL_TIMEOUT:-600}" --output "$file.new" "$url"; then
    warn "$(host_of "$url") cannot be reached: using $name from the cache"
  elif [[ -s $file.new ]]; then
    mv -f "$file.new" "$file"
  fi
  rm -f "$file.new"
  add_deb "$file" "$url"
}

add_deb() {
  dpkg-deb --field "$1" Package >/dev/null 2>&1 || {
    [[ $1 != "$store"/* ]] || rm -f "$1"
    fail "$aptfile line $number: what is at $2 is not a Debian package"
  }
  deb_files+=("$1")
}

# forget_debs: of what came from URLs, the cache keeps what the Aptfile still names.
forget_debs() {
  local file
  for file in "$store"/*.deb; do
    [[ " ${deb_files[*]} " == *" $file "* ]] || rm -f "$file"
  done
}

# add_repositories: makes apt ask those of the Aptfile, too. Its lists are then others than those
# of other buildpacks, and have a place of their own.
add_repositories() {
  local list
  ((${#repositories[@]})) || return 0
  cache_dir=$store
  list=$cache_dir/debs/sources.list
  mkdir -p "$cache_dir/debs"
  printf '%s\n' "${repositories[@]}" | cmp -s - "$list.aptfile" || rm -f "$cache_dir/debs/updated"
  printf '%s\n' "${repositories[@]}" >"$list.aptfile"
  {
    cat /etc/apt/sources.list 2>/dev/null || true
    # A key can be a file of the app.
    sed -E "s|signed-by=([^/])|signed-by=$build_dir/\1|" "$list.aptfile"
  } >"$list"
  apt_options+=(-o "Dir::Etc::SourceList=$list")
}
