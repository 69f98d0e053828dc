# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in four files: see bin/compile
# Go itself: the stack's, else Debian's packages, else go.dev's archive. It compiles, and is not
# part of the image: the last two are in the cache only.

# install_go: sets $go_root and $go_version.
install_go() {
  best_seen=''
  if find_on_stack; then
    info "Go $go_version$(why), from the stack"
    forget_others none
  elif install_from_debs; then
    info "Go $go_version$(why), from Debian's packages"
    forget_others debian
  else
    install_from_go_dev
  fi
}

# install_tools: Go itself in the image, for apps that compile or test when they run.
install_tools() {
  local tree=$go_root home
  [[ ${GO_SETUP_GOPATH_IN_IMAGE:-} != true ]] ||
    warn 'GO_SETUP_GOPATH_IN_IMAGE is not supported, ignored: the sources are in /app, as a module.'
  [[ ${GO_INSTALL_TOOLS_IN_IMAGE:-} == true ]] || return 0
  home=$go_root
  if [[ $go_root == "$store/"* ]]; then
    # Debian's has links from one directory to another.
    [[ $go_root != "$store/debian/"* ]] || tree=$store/debian
    rm -rf "$build_dir/.hythe/go"
    mkdir -p "$build_dir/.hythe"
    cp -a --reflink=auto "$(realpath "$tree")" "$build_dir/.hythe/go"
    home=/app/.hythe/go${go_root#"$tree"}
  fi
  mkdir -p "$build_dir/.profile.d"
  # shellcheck disable=SC2016  # for whoever sources it
  printf 'export GOROOT=%q GOTOOLCHAIN=local PATH=%q:"$PATH"\n' "$home" "$home/bin" >"$build_dir/.profile.d/go.sh"
  info "Go $go_version is in the image, too (GO_INSTALL_TOOLS_IN_IMAGE)"
}

why() { printf '%s' "${go_wanted:+ ($go_source: $go_wanted)}"; }

# note_seen VERSION WHERE: remembers the newest Go that was there, for the message if none will do.
note_seen() {
  if [[ -z $best_seen ]] || is_at_least "$1" "${best_seen%% *}"; then best_seen="$1 ($2)"; fi
}

find_on_stack() {
  local program words
  for program in "$(type -P go || true)" /usr/local/go/bin/go /usr/lib/go-*/bin/go; do
    [[ -x $program ]] || continue
    # go version go1.19.8 linux/amd64
    read -ra words < <(GOTOOLCHAIN=local "$program" version 2>/dev/null) || continue
    go_version=${words[2]#go}
    [[ $go_version =~ ^[0-9] ]] || continue
    note_seen "$go_version" 'the stack'
    is_wanted "$go_version" || continue
    go_root=$(GOTOOLCHAIN=local "$program" env GOROOT)
    return
  done
  return 1
}

# A stack's archive has a default Go, and may have others beside it: golang-1.22-go.
install_from_debs() {
  local packages=() plan package minor updated=$cache_dir/debs/updated lacking=$store/not-in-debs wish seen
  has_debs || return 1
  forget_other_stack
  # apt needs seconds to say that nothing is newer: once a day is enough.
  if [[ -n $(find "$updated" -mtime -1 2>/dev/null) ]]; then
    for go_root in "$store"/debian/usr/lib/go-*.*; do
      [[ -f $go_root/VERSION ]] || continue
      read -r go_version <"$go_root/VERSION" || true  # one without a newline
      go_version=${go_version#go}
      ! is_wanted "$go_version" || return 0
    done
    if [[ $lacking -nt $updated ]] && { read -r wish && read -r seen; } <"$lacking" && [[ $wish == "$go_rule $go_wanted" ]]; then
      note_seen "$seen" "Debian's package"
      return 1
    fi
  fi
  if ! plan=$(update_debs Go 2>&1); then
    plan=${plan#*Could not reach }
    info "Could not reach ${plan%%$'\n'*}"
    return 1
  fi
  [[ -z $go_wanted ]] || packages=("golang-$(minor_of "$go_wanted")-go")
  for package in "${packages[@]}" golang-go; do
    plan=$(apt_private -y --no-install-recommends --simulate install "$package" 2>&1) || {
      [[ $package != golang-go ]] || info "Debian's package: ${plan##*$'\n'}"
      continue
    }
    # Inst golang-1.19-go (1.19.8-2 Debian:12.11/stable [amd64])
    [[ $plan =~ Inst\ golang-(1\.[0-9]+)-go\ \(([0-9.]+) ]] || continue
    minor=${BASH_REMATCH[1]} go_version=${BASH_REMATCH[2]}
    note_seen "$go_version" "Debian's package"
    if ! is_wanted "$go_version"; then
      printf '%s %s\n%s\n' "$go_rule" "$go_wanted" "$go_version" >"$lacking"
      continue
    fi
    install_debs "Go $go_version" "$store/debian" "golang-$minor-go"
    go_root=$store/debian/usr/lib/go-$minor
    # 100 MB that nothing asks for again: the tests of Go itself, and the unpacked archives.
    rm -rf "$store/debian/usr/share/go-$minor/test" "$cache_dir"/debs/archives/golang-*.deb
    return
  done
  return 1
}

# The releases that go.dev has for this machine, oldest first: "VERSION FILE SHA256" lines.
update_releases() {
  local list=$store/releases.json
  [[ -z $(find "$list" -mtime -1 2>/dev/null) ]] || return 0
  download_error=$( (fetch "Go ${go_wanted:-}" "$go_url/?mode=json&include=all" "$list" '') 2>&1) || {
    download_error=$(grep -m 1 -oE '\(curl: .*' <<<"$download_error") || true
    return 1
  }
  jq -e 'type == "array"' "$list" >/dev/null 2>&1 && return
  rm -f "$list"
  fail "$(host_of "$go_url") did not send a list of Go's releases" \
    "It was asked for $go_url/?mode=json&include=all" 'Is GO_DOWNLOAD_URL the URL of a mirror of go.dev/dl?'
}

releases() {
  jq -r --arg arch "$go_arch" '.[] | (.version | ltrimstr("go")) as $version | .files[]?
    | select(.os == "linux" and .arch == $arch and .kind == "archive")
    | [$version, .filename, .sha256] | join(" ")' "$store/releases.json" | sort -V
}

# The newest release of those that the app asks for. With "1.22 or newer" that is 1.22's newest,
# which is what it was tested with, if there is one.
choose_release() {
  local version file sha256 minor
  minor=$(minor_of "${go_wanted:-0.0}")
  while read -r version file sha256; do
    is_wanted "$version" || continue
    # A release candidate only counts for those who name it.
    [[ $version =~ ^[0-9.]+$ || $version == "$go_wanted" ]] || continue
    printf '%s %s %s %s\n' "$([[ $version == "$minor" || $version == "$minor".* ]] && echo 1 || echo 0)" "$version" "$file" "$sha256"
  done < <(releases) | sort -s -k 1,1n | tail -n 1 | cut -d ' ' -f 2-
}

cached_version() {
  local directory version best=''
  for directory in "$store"/go-*/; do
    version=${directory%/}
    version=${version##*/go-}
    [[ -x $directory/bin/go ]] || continue
    is_wanted "$version" || continue
    if [[ -z $best ]] || is_at_least "$version" "$best"; then best=$version; fi
  done
  printf '%s' "$best"
}

install_from_go_dev() {
  local file sha256
  go_url=${GO_DOWNLOAD_URL:-https://go.dev/dl}
  go_url=${go_url%/}
  if update_releases; then
    read -r go_version file sha256 < <(choose_release) || fail \
      "$(describe_wish), and there is no such release" \
      "The newest that $(host_of "$go_url") has for this machine is $(releases | grep -E '^[0-9.]+ ' | tail -n 1 | cut -d ' ' -f 1)."
  else
    go_version=$(cached_version)
    [[ -n $go_version ]] || cannot_have_go
    warn "$(host_of "$go_url") cannot be reached, using Go $go_version from the cache" "$download_error"
  fi

  go_root=$store/go-$go_version
  if [[ -x $go_root/bin/go ]]; then
    info "Go $go_version$(why), from the cache"
    return
  fi
  info "Go $go_version$(why), from $(host_of "$go_url")"
  fetch "Go $go_version" "$go_url/$file" "$store/archive" "$sha256" \
    'Set GO_DOWNLOAD_URL to a mirror of go.dev/dl, or install Go on the stack.'
  rm -rf "$go_root.new"
  mkdir -p "$go_root.new"
  tar -xzf "$store/archive" -C "$go_root.new" --strip-components=1 --no-same-owner \
    --exclude=go/test --exclude=go/doc --exclude=go/api ||
    fail "The archive of Go $go_version cannot be unpacked" "$go_url/$file"
  rm -f "$store/archive"
  forget_others "go-$go_version"
  mv "$go_root.new" "$go_root"
}

cannot_have_go() {
  local host
  host=$(host_of "$go_url")
  if [[ -z $go_wanted ]]; then
    fail 'There is no Go to build with' "The stack has none, and $host cannot be reached to install it" \
      "$download_error" '' 'Install Go on the stack, or set GO_DOWNLOAD_URL to a mirror of go.dev/dl.'
  fi
  local here=${best_seen:+"the newest here is Go $best_seen"}
  fail "$(describe_wish), and ${here:-there is none here}" \
    "A newer one would come from $host, which cannot be reached" "$download_error" '' \
    "Ask for less in ${go_source%% *}, install a newer Go on the stack, or set GO_DOWNLOAD_URL to a" \
    'mirror of go.dev/dl.'
}

# forget_others NAME: at most one Go stays in the cache, which is half a GB.
forget_others() {
  local directory
  for directory in "$store"/debian "$store"/go-*; do
    [[ ${directory##*/} == "$1" || ${directory##*/} == "$1.new" ]] || rm -rf "$directory"
  done
}
