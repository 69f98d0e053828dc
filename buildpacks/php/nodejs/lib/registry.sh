# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in several files: see bin/compile
# Node.js and package managers as packages of an npm registry: which release, and its tree.
# $store keeps one list of releases per package, and one unpacked tree per release.

# npm's own order: the environment, then the app's .npmrc.
choose_registry() {
  registry=${npm_config_registry:-${NPM_CONFIG_REGISTRY:-}}
  if [[ -z $registry && -f $build_dir/.npmrc ]]; then
    registry=$(sed -nE 's/^[[:space:]]*registry[[:space:]]*=[[:space:]]*"?([^"[:space:]]+).*/\1/p' "$build_dir/.npmrc" | tail -n 1)
  fi
  registry=${registry:-https://registry.npmjs.org}
  registry=${registry%/}
  registry_host=${registry#*://}
  registry_host=${registry_host##*@}
  registry_host=${registry_host%%/*}
}

# A private mirror's token, as npm writes it: //host/path/:_authToken=${NPM_TOKEN}
registry_token() {
  local scope=${registry#*:} line name
  [[ -f $build_dir/.npmrc ]] || return 0
  line=$(grep -F -e "$scope/:_authToken=" -e "$scope:_authToken=" "$build_dir/.npmrc" | tail -n 1) || return 0
  line=${line#*:_authToken=}
  if [[ $line =~ ^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$ ]]; then
    name=${BASH_REMATCH[1]}
    line=${!name:-}
  fi
  printf '%s' "$line"
}

# download URL FILE [CURL-OPTION...]: leaves curl's own words in $download_error.
download() {
  local url=$1 file=$2 token
  shift 2
  token=$(registry_token)
  # The token goes through a pipe: the arguments of a process are public.
  if download_error=$(curl --silent --show-error --fail --location --retry 2 \
    --connect-timeout "${CURL_CONNECT_TIMEOUT:-30}" --max-time "${CURL_TIMEOUT:-600}" \
    --output "$file" "$@" --header @<([[ -z $token ]] || printf 'Authorization: Bearer %s\n' "$token") \
    "$url" 2>&1); then
    return 0
  fi
  download_error=${download_error##*$'\n'}
  return 1
}

# cannot_download WHAT: one message for every way in which a download fails.
cannot_download() {
  local have
  have=$(installed "$node_package" | paste -sd ' ')
  fail "Could not get $1 from $registry_host" \
    "($download_error)" \
    '' \
    "This build needs that registry to install $1. If it is down, push again later." \
    'To use a mirror of the npm registry, set NPM_CONFIG_REGISTRY to its URL, or write' \
    "registry=URL into the app's .npmrc.${have:+ Already here, and needing no download: Node.js $have.}"
}

# update_list PACKAGE: brings the list of releases up to date. Lists are asked
# for once an hour, and then only "has it changed?" is asked.
update_list() {
  local package=$1 list=$store/$1.json etag=$store/$1.etag fresh=$store/$1.new
  if [[ -f $list && $(<"$store/$package.registry") != "$registry" ]]; then
    rm -f "$list" "$etag"
  fi
  [[ -z $(find "$list" -mmin -60 2>/dev/null) ]] || return 0

  [[ -f $list ]] || rm -f "$etag"
  mkdir -p "$(dirname "$list")"  # of a scope: @yarnpkg
  # In an address, the slash of a scope is not one between directories.
  download "$registry/${package/\//%2f}" "$fresh" --compressed --header 'Accept: application/vnd.npm.install-v1+json' \
    --etag-compare "$etag" --etag-save "$etag.new" || return 1
  if [[ -s $fresh ]]; then
    # Prereleases have a hyphen.
    jq -c '.versions | with_entries(select(.key | contains("-") | not)
             | .value |= {integrity: .dist.integrity, tarball: .dist.tarball, node: .engines.node}
             | select(.value.integrity // "" | startswith("sha512-")))' "$fresh" >"$list.new" 2>/dev/null || {
      download_error="$registry/$package is not a package's metadata"
      return 1
    }
    mv -f "$list.new" "$list"
    printf '%s\n' "$registry" >"$store/$package.registry"
    [[ ! -s $etag.new ]] || mv -f "$etag.new" "$etag"
  else
    touch "$list"
  fi
  rm -f "$fresh" "$etag.new"
}

# listed PACKAGE RANGE TODAY [NODE]: the best release of the list, as
# "VERSION INTEGRITY TARBALL"; with NODE, among those that run on that Node.js.
listed() {
  jq -r -L "$bp_dir/lib" --arg range "$2" --arg today "$3" --arg node "${4:-}" '
    include "semver";
    . as $releases | ($range | range) as $range
    | keys | map(select(to_numbers | satisfies($range)))
    | if $node == "" then . else
        ($node | to_numbers) as $node
        | map(select($releases[.].node as $needs | $needs == null or ($node | satisfies($needs | range))))
      end
    | best($range; $today) as $version
    | $releases[$version] | "\($version) \(.integrity) \(.tarball)"' "$store/$1.json"
}

# installed PACKAGE: the versions whose trees are here.
installed() {
  local tree
  for tree in "$store/$1"-[0-9]*/; do
    [[ ! -d $tree ]] || basename "${tree#"$store/$1"-}"
  done
}

# best_of RANGE: the newest version of those on stdin, one a line; nothing if none.
best_of() {
  jq -rRn -L "$bp_dir/lib" --arg range "$1" '
    include "semver"; ($range | range) as $range | [inputs] | best($range; "")'
}

is_range() { best_of "$1" </dev/null >/dev/null 2>&1; }

# unpack PACKAGE VERSION INTEGRITY URL PIN TAR-OPTION...: makes $store/PACKAGE-VERSION. PIN is
# the archive's sum as the app has it, "sha512.0a1b…", or empty.
unpack() {
  local package=$1 version=$2 integrity=$3 url=$4 pin=$5 tree=$store/$1-$2 archive=$store/archive.tgz
  shift 5
  # A mirror hands out the original addresses; npm, too, puts the mirror's in.
  url=${url/#https:\/\/registry.npmjs.org\//$registry/}
  download "$url" "$archive" || cannot_download "$package $version"
  if [[ "sha512-$(openssl dgst -sha512 -binary "$archive" | base64 -w 0)" != "$integrity" ]]; then
    rm -f "$archive"
    fail "$url is not what the registry announced (sha512 differs)" \
      'Nothing of it was used. Push again; if it stays so, the registry or a proxy changes files.'
  fi
  if [[ -n $pin && $(openssl dgst -r -"${pin%%.*}" "$archive" 2>&1) != "${pin#*.} "* ]]; then
    rm -f "$archive"
    fail "$url is not what package.json announces" \
      "Its ${pin%%.*} is not the one after the + in packageManager. Nothing of it was used." \
      'If package.json is wrong, let corepack write it again: corepack use NAME@VERSION'
  fi
  rm -rf "$tree.new"
  mkdir "$tree.new"
  tar -xzf "$archive" -C "$tree.new" --strip-components=1 --no-same-owner --no-same-permissions \
    --anchored "$@"
  # Releases share these inodes with the cache: nobody may write to them.
  find "$tree.new" -type f -exec chmod a-w {} +
  rm -rf "$tree" "$archive"
  mv "$tree.new" "$tree"
  printf '%s' "$pin" >"$tree.pin"
}

# is_unpacked PACKAGE VERSION PIN: whether its tree is here, and was what the app announces.
is_unpacked() {
  [[ -d $store/$1-$2 ]] && [[ -z $3 || $3 == "$(cat "$store/$1-$2.pin" 2>/dev/null || true)" ]]
}

# link_tree FROM TO: hard links where the file system and the owner allow them.
link_tree() {
  cp -al "$1" "$2" 2>/dev/null || {
    rm -rf "$2"
    cp -a --reflink=auto "$1" "$2"
  }
}

# forget_others PACKAGE VERSION: one release of each stays in the cache.
forget_others() {
  local tree
  for tree in "$store/$1"-[0-9]*/; do
    [[ ${tree%/} == "$store/$1-$2" || ! -d $tree ]] || rm -rf "$tree" "${tree%/}.pin"
  done
}
