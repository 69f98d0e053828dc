# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in four files: see bin/compile
# Which packages that makes, with all that they need beyond the stack, and their files.

update_lists() {
  local said
  # Files of the app may need nothing beyond the stack.
  if ((${#packages[@]} == 0)) && apt_install --simulate >/dev/null 2>&1; then return; fi
  if said=$(update_debs "the packages of $aptfile" 2>&1); then
    [[ -z $said ]] || printf '%s\n' "$said" >&2
    return
  fi
  if [[ $said =~ (The repository [^()]*is not signed|NO_PUBKEY [0-9A-F]+) ]]; then
    fail "A package archive is not signed by a key that this stack knows" "(${BASH_REMATCH[1]})" \
      'Commit its key, and write :repo:deb [signed-by=FILE] https://... Without a key: [trusted=yes].'
  fi
  printf '%s\n' "$said" >&2
  exit 1
}

apt_install() {
  local recommends=--install-recommends
  [[ -z ${APT_DONT_INSTALL_RECOMMENDS:-} ]] || recommends=--no-install-recommends
  # A named package comes into the image even if the stack has it.
  apt_private -y "$recommends" --reinstall --allow-downgrades "$@" install "${packages[@]}" "${deb_files[@]}"
}

# plan_packages: sets ${names[@]}, ${versions[@]} and ${files[@]}, all in the same order.
plan_packages() {
  local line name version architecture file
  # Inst figlet [2.2.4-1] (2.2.5-3+b1 Debian:12.11/stable [amd64])
  local form='^Inst ([^ ]+) (\[[^]]*\] )?\(([^ ]+) .*\[([a-z0-9]+)\]'
  local -A own=()
  plan=$(apt_install --simulate 2>&1) || explain_plan
  for file in "${deb_files[@]}"; do own[$(dpkg-deb --field "$file" Package)]=$file; done

  names=() versions=() files=()
  while IFS= read -r line; do
    [[ $line =~ $form ]] || continue
    name=${BASH_REMATCH[1]} version=${BASH_REMATCH[3]} architecture=${BASH_REMATCH[4]}
    case $name in
      libc6)
        check_libc "$version"
        continue ;;
      libc-bin) continue ;;
    esac
    file=${name}_${version//:/%3a}_$architecture.deb
    file=$cache_dir/debs/archives/${file/#"$name"/"${name%%:*}"}
    names+=("$name")
    versions+=("$version")
    files+=("${own[$name]:-$file}")
  done <<<"$plan"
  while IFS= read -r name; do
    warn "The archive has no $name like the stack's: the app uses that one"
  done < <(sed -nE 's/^Reinstallation of ([^ ]+) is not possible.*/\1/p' <<<"$plan")
}

other_release=('They are made for another release of the distribution. Use an archive for this one,'
  'or a stack of that release.')

# A later revision of the same libc is as good as the stack's. Another version is not: what asks
# for it was compiled for a newer system.
check_libc() {
  local stack
  stack=$(dpkg-query -W -f '${Version}' libc6)
  [[ ${1%%-*} == "${stack%%-*}" ]] || fail "The packages of $aptfile need libc6 ${1%%-*}, and this stack has ${stack%%-*}" \
    "${other_release[@]}"
}

explain_plan() {
  local reasons=() hints
  mapfile -t reasons < <(grep -E '^E: |[Dd]epends: |Conflicts: |Breaks: ' <<<"$plan" | sed -E 's/^E: //; s/^ +//' |
    grep -vE '^Unable to correct problems|^Error, pkgProblemResolver' | head -n 8)
  hints=("Names are those of this stack's distribution: apt-cache search WORD, on a machine that has it.")
  [[ $plan != *'Depends: libc6 ('* ]] || hints=("${other_release[@]}")
  fail "apt-get cannot install the packages of $aptfile:" "${reasons[@]:-${plan##*$'\n'}}" '' "${hints[@]}"
}

find_missing() {
  missing=()
  for i in "${!files[@]}"; do
    [[ -f ${files[i]} ]] || missing+=("${names[i]}")
  done
}

download_packages() {
  local log='' i missing
  find_missing
  ((${#missing[@]})) || return 0
  if ! log=$(apt_install -qq --download-only 2>&1); then
    # What old lists name may have been replaced in the archive since.
    if [[ -n $(find "$cache_dir/debs/updated" -mmin +5 2>/dev/null) ]]; then
      rm -f "$cache_dir/debs/updated"
      update_lists
      plan_packages
      log=$(apt_install -qq --download-only 2>&1) || true
    fi
  fi
  find_missing
  ((${#missing[@]} == 0)) || fail "Could not download ${missing[*]}" "(${log##*$'\n'})" \
    'Push again when the package archive can be reached, or commit the .deb files, and write their' \
    "names into $aptfile."
}
