# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2016,SC2154  # $cache_dir is the script's; text for another shell
# Runtimes from Debian packages, without root: apt-get downloads, dpkg unpacks into a directory
# of the app. No maintainer script runs, so what those would set up (alternatives, caches,
# users) is the caller's to do. Needs lib/common.sh. $cache_dir is the build's cache.

# has_debs: whether this stack can do that at all.
has_debs() { [[ -x /usr/bin/apt-get && -x /usr/bin/dpkg && -r /var/lib/dpkg/status ]]; }

# More options for apt, if the caller has some.
apt_options=()

# apt-get, or what $apt says, as the build's user, with all of its state in the cache. The packages
# that the stack has count as installed: they are neither downloaded nor unpacked.
apt_private() {
  local home=$cache_dir/debs
  mkdir -p "$home"/{state/lists/partial,archives/partial}
  "${apt:-apt-get}" -o Debug::NoLocking=1 -o APT::Sandbox::User= -o Acquire::Languages=none \
    -o Acquire::GzipIndexes=true -o Acquire::Retries=2 -o Dpkg::Use-Pty=0 -o Dir::State="$home/state" \
    -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache="$home" \
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Dir::Log="$home" "${apt_options[@]}" "$@"
}

# forget_other_stack: what came from the packages of another stack's archive is of no use on this.
forget_other_stack() {
  local file=$cache_dir/debs/stack old
  old=$(cat "$file" 2>/dev/null || true)
  [[ $old != "${STACK:-}" ]] || return 0
  if [[ -n $old ]]; then
    info "The packages in the cache are of $old: beginning anew"
    rm -rf "$cache_dir/debs" "$cache_dir/tools"
  fi
  mkdir -p "$cache_dir/debs"
  printf '%s\n' "${STACK:-}" >"$file"
}

# update_debs WHAT: brings the lists of packages up to date, once a day. Old lists are good
# enough when the archive cannot be reached.
update_debs() {
  local what=$1 home=$cache_dir/debs stamp=$cache_dir/debs/updated errors host
  has_debs || fail "This stack has no apt-get to install $what with" \
    "Install $what on the stack, or use a stack that has it (hythe stack list)."
  forget_other_stack
  [[ -z $(find "$stamp" -mtime -1 2>/dev/null) ]] || return 0
  # apt-get reports a list that it could not fetch, and exits with 0.
  if errors=$(apt_private update -qq 2>&1) && [[ $errors != *'Failed to fetch'* ]]; then
    touch "$stamp"
  elif [[ -e $stamp ]]; then
    warn "The package archive cannot be reached: using the lists of $(date -r "$stamp" +%F)"
  else
    host=$(grep -m 1 -oE 'https?://[^/ ]+' <<<"$errors" | head -n 1) || true
    fail "Could not reach the package archive ${host:-of this stack}" \
      "(${errors##*$'\n'})" '' \
      "This build needs it to install $what, which the stack does not have." \
      "Install $what on the stack, or set http_proxy in the build environment (hythe.yml)."
  fi
}

# install_debs WHAT DIR PACKAGE...: unpacks the packages, and what they need beyond the stack,
# below DIR; does nothing when DIR holds exactly that already. WHAT is for messages: "Java 17".
install_debs() {
  local what=$1 dir=$2 home=$cache_dir/debs log files=() file plan
  shift 2
  update_debs "$what"
  plan=$(apt_private -y --no-install-recommends --simulate install "$@" 2>&1) ||
    fail "The package archive of this stack has no $what" "(${plan##*$'\n'})"
  # Inst ruby (1:3.1 Debian:12.11/stable [amd64]) will be in ruby_1%3a3.1_amd64.deb.
  mapfile -t files < <(sed -nE 's/^Inst ([^ ]+) (\[[^]]*\] )?\(([^ ]+) .*\[([a-z0-9]+)\]\).*/\1_\3_\4.deb/p' \
    <<<"$plan" | sed 's/:/%3a/g')
  if [[ -e $dir/.debs && $(<"$dir/.debs") == "${files[*]}" ]]; then return; fi
  if ! log=$(apt_private -y -qq --no-install-recommends --download-only install "$@" 2>&1); then
    # What old lists name may have been replaced in the archive since.
    if [[ -n $(find "$home/updated" -mmin +5 2>/dev/null) ]]; then
      rm -f "$home/updated"
      install_debs "$what" "$dir" "$@"
      return
    fi
    fail "Could not download $what from the package archive" "(${log##*$'\n'})" \
      "Push again when it can be reached, or install $what on the stack."
  fi
  rm -rf "$dir"
  mkdir -p "$dir"
  for file in "${files[@]}"; do
    touch "$home/archives/$file"
    dpkg -x "$home/archives/$file" "$dir" ||
      fail "The package $file cannot be unpacked" 'Clear the cache (hythe cache clear APP), and push again.'
  done
  relink "$dir"
  printf '%s' "${files[*]}" >"$dir/.debs"
}

# clean_debs: keeps packages that no archive has any more, and those that nobody used for a
# month, from filling the cache.
clean_debs() {
  local home=$cache_dir/debs
  [[ ! $home/cleaned -nt $home/updated ]] || return 0  # the lists are the same
  apt_private autoclean -qq >/dev/null 2>&1 || true
  find "$home/archives" -name '*.deb' -mtime +30 -delete 2>/dev/null || true
  touch "$home/cleaned"
}

# relink DIR: symbolic links from the root of a file system, /etc/java-17-openjdk/..., lead into
# DIR instead, where what they mean is there. Those to a file that another package has, as
# libz.so has libz.so.1, lead to the stack if that package is there and not in DIR.
relink() {
  local dir=$1 link target
  while IFS= read -r -d '' link; do
    target=$(readlink "$link")
    [[ $target == /* ]] || target=$(realpath -m --no-symlinks "/$(dirname "${link#"$dir"/}")/$target")
    if [[ -e $dir$target || -L $dir$target ]]; then
      ln -sfn "$(realpath -m --no-symlinks --relative-to="$(dirname "$link")" "$dir$target")" "$link"
    elif [[ -e $target ]]; then
      ln -sfn "$target" "$link"
    fi
  done < <(find "$dir" -type l \( -lname '/*' -o -xtype l \) -print0)
}

# debs_environment DIR: the lines that make what was unpacked below DIR usable, where DIR is
# as the reader of the lines sees it: for an export file, or for .profile.d.
debs_environment() {
  local multiarch
  multiarch=$(dpkg --print-architecture | sed 's/^amd64$/x86_64/; s/^arm64$/aarch64/')-linux-gnu
  printf 'export PATH="%s/usr/bin:%s/usr/sbin:%s/bin:$PATH"\n' "$1" "$1" "$1"
  printf 'export LD_LIBRARY_PATH="%s/usr/lib/%s:%s/lib/%s:%s/usr/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"\n' \
    "$1" "$multiarch" "$1" "$multiarch" "$1"
}
