# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2015,SC2016,SC2034,SC2154  # one script in several files: see bin/compile
# Which Java, and its way into the build and into the image. Needs lib/{common,debs,fetch}.sh, and
# $build_dir, $cache_dir and $bp_dir. The stack's Java is used where it is; any other is kept in
# the cache, whole, and its run-time part goes to $BUILD_DIR/.hythe/java.

java_dir=$build_dir/.hythe/java
java_store=$cache_dir/java
java_lts=(25 21 17 11 8)  # newest first

# property KEY: the value of KEY in system.properties, or nothing.
property() {
  [[ -f $build_dir/system.properties ]] || return 0
  sed -nE "s/\r\$//; s/^[[:space:]]*${1//./\\.}[[:space:]]*[=:][[:space:]]*(.*[^[:space:]])[[:space:]]*\$/\1/p" \
    "$build_dir/system.properties" | tail -n 1
}

# wanted_java EXACTLY|AT_LEAST MAJOR SOURCE: sets $java_major, or $java_minimum where any from
# there on will do; $java_exact (17.0.9; Java 8 is 8.0.392) if all of it is asked for; and
# $java_source, who asks. The arguments are what a build file says, which counts last.
wanted_java() {
  local text
  java_major='' java_exact='' java_minimum=8
  text=$(property java.runtime.version)
  java_source='system.properties'
  if [[ -z $text ]]; then
    text=${JAVA_VERSION:-}
    java_source='JAVA_VERSION'
  elif [[ -n ${JAVA_VERSION:-} && $JAVA_VERSION != "$text" ]]; then
    warn "JAVA_VERSION=$JAVA_VERSION does not count: system.properties says $text"
  fi
  if [[ -z $text ]]; then
    java_source=$3
    if [[ $1 == EXACTLY ]]; then java_major=$2; else java_minimum=$2; fi
    return
  fi
  # Other platforms let one choose who built it: zulu-17, openjdk-17.0.9.
  if [[ $text =~ ^([a-z]+-)?(1\.)?([5-8])(\.0)?(\.x)?$ ]]; then
    java_major=${BASH_REMATCH[3]}
  elif [[ $text =~ ^([a-z]+-)?(1\.8\.0_|8u|8\.0\.)([0-9]+)([-+].*)?$ ]]; then
    java_major=8 java_exact=8.0.${BASH_REMATCH[3]}
  elif [[ $text =~ ^([a-z]+-)?([1-9][0-9]?)(\.0)?(\.x)?$ ]]; then
    java_major=${BASH_REMATCH[2]}
  elif [[ $text =~ ^([a-z]+-)?(([1-9][0-9]?)\.[0-9]+\.[0-9]+)(\.[0-9]+)*([-+].*)?$ ]]; then
    java_major=${BASH_REMATCH[3]} java_exact=${BASH_REMATCH[2]}
  else
    fail "$java_source asks for Java '$text', which is not a version" \
      'Write for example 17, 21 or 1.8 (java.runtime.version=17 in system.properties).'
  fi
}

# satisfies_java VERSION: whether it is what wanted_java found.
satisfies_java() {
  if [[ -n $java_exact ]]; then
    [[ $1 == "$java_exact" || $1 == "$java_exact".* ]]
  elif [[ -n $java_major ]]; then
    [[ ${1%%.*} == "$java_major" ]]
  else
    ((${1%%.*} >= java_minimum))
  fi
}

# java_version_of HOME: 17.0.15, for example.
java_version_of() {
  local line
  while IFS= read -r line; do
    [[ $line =~ ^JAVA_VERSION=\"?(1\.)?([0-9]+)([0-9._]*) ]] || continue
    line=${BASH_REMATCH[2]}${BASH_REMATCH[3]//_/.}
    printf '%s' "$line"
    return
  done <"$1/release"
}

# is_java HOME jdk|jre: whether that is a whole one.
is_java() { [[ -x $1/bin/java && -r $1/release && ($2 == jre || -x $1/bin/javac) ]]; }

# stack_java jdk|jre: the home of the stack's Java, if one will do: what 'java' means there, the
# administrator's choice, before the newest.
stack_java() {
  local home usual version best='' best_version=0
  usual=$(readlink -f /usr/bin/java || true)
  usual=${usual%/bin/java}
  usual=${usual%/jre}
  for home in "$usual" /usr/lib/jvm/*; do
    [[ $home == /usr/* && ! -L $home ]] || continue
    is_java "$home" "$1" && satisfies_java "$(java_version_of "$home")" || continue
    version=$(java_version_of "$home")
    if [[ $home == "$usual" ]]; then
      best=$home
      break
    elif [[ $(printf '%s\n' "$version" "$best_version" | sort -V | tail -n 1) != "$best_version" ]]; then
      best=$home best_version=$version
    fi
  done
  printf '%s' "$best"
}

# java_candidates: the major versions to look for elsewhere, best first.
java_candidates() {
  local major
  if [[ -n $java_major ]]; then
    echo "$java_major"
    return
  fi
  for major in "${java_lts[@]}"; do
    ((major < java_minimum)) || echo "$major"
  done
  [[ " ${java_lts[*]} " == *" $java_minimum "* ]] || echo "$java_minimum"
}

# debian_java jdk|jre: unpacks Java from Debian packages, and sets $java_home. Fails if there is
# none that will do.
debian_java() {
  local major packages names tree=$java_store/debian-$1
  has_debs && [[ -z $java_exact ]] || return 1
  (update_debs "Java${java_major:+ $java_major}") || return 1  # Adoptium may still be there
  names=$(apt=apt-cache apt_private pkgnames openjdk-)
  for major in $(java_candidates); do
    packages=("openjdk-$major-jre-headless")
    [[ $1 == jre ]] || packages+=("openjdk-$major-jdk-headless")
    [[ $'\n'$names$'\n' == *$'\n'"${packages[-1]}"$'\n'* ]] || continue
    # A JDK of Debian's is two packages in one directory: both are to be there, even if the stack
    # has one of them.
    install_debs "Java $major" "$tree" --reinstall "${packages[@]}"
    for java_home in "$tree"/usr/lib/jvm/*; do
      [[ ! -L $java_home && -x $java_home/bin/java ]] || continue
      java_from='Debian packages'
      return 0
    done
  done
  return 1
}

# adoptium_java jdk|jre: downloads Java from Adoptium, or from what JVM_MIRROR says answers like
# it, and sets $java_home.
adoptium_java() {
  local type=$1 major machine path answer=$java_store/answer.json query mirror=${JVM_MIRROR:-} host
  local name url sha256 tree errors
  case $(uname -m) in
    x86_64) machine=x64 ;;
    *) machine=$(uname -m) ;;
  esac
  major=${java_major:-21}
  ((major >= java_minimum)) || major=$java_minimum
  path=v3/assets/feature_releases/$major/ga
  # The one version, as a range that ends before the next.
  [[ -z $java_exact ]] || path=v3/assets/version/%5B$java_exact,${java_exact%.*}.$((${java_exact##*.} + 1))%29
  query="architecture=$machine&heap_size=normal&image_type=$type&jvm_impl=hotspot&os=linux&page_size=1&project=jdk&sort_order=DESC&vendor=eclipse"
  mirror=${mirror%/}
  host=$(host_of "${mirror:-https://api.adoptium.net}")

  mkdir -p "$java_store"
  if ! errors=$(fetch "Java ${java_exact:-$major}" "${mirror:-https://api.adoptium.net}/$path?$query" "$answer" '' \
    "Neither the stack nor its package archive has that version${java_source:+ ($java_source asks for it)}." \
    'To use a mirror, set JVM_MIRROR to its URL; or ask for a version that is there' \
    "(the stack has: $(stack_versions)), or install it on the stack." 2>&1); then
    for tree in "$java_store/adoptium-$type"-*; do
      is_java "$tree" "$type" && satisfies_java "$(java_version_of "$tree")" || continue
      warn "$host cannot be reached, using Java $(java_version_of "$tree") from the cache"
      java_home=$tree java_from='the cache'
      return
    done
    printf '%s\n' "$errors" >&2
    exit 1
  fi
  read -r name url sha256 < <(jq -r --arg type "$type" --arg machine "$machine" '
    [.[] | . as {release_name: $name} | .binaries[]
     | select(.image_type == $type and .os == "linux" and .architecture == $machine)
     | "\($name) \(.package.link) \(.package.checksum)"][0] // empty' "$answer" 2>/dev/null) || true
  [[ $sha256 =~ ^[0-9a-f]{64}$ && $name =~ ^[A-Za-z0-9.+_-]+$ ]] ||
    fail "$host has no Java ${java_exact:-$major} for $(uname -m)" "Asked for: $path"
  # A mirror hands out the original addresses.
  [[ -z $mirror ]] || url=${url/#https:\/\/github.com\//$mirror/}

  tree=$java_store/adoptium-$type-$name
  java_home=$tree java_from='the cache'
  if ! is_java "$tree" "$type"; then
    fetch "Java ${java_exact:-$major}" "$url" "$java_store/archive.tar.gz" "$sha256" \
      'To use a mirror of api.adoptium.net and github.com, set JVM_MIRROR to its URL.'
    rm -rf "$tree"
    mkdir "$tree"
    tar -xzf "$java_store/archive.tar.gz" -C "$tree" --strip-components=1 --no-same-owner ||
      fail "$url cannot be unpacked"
    is_java "$tree" "$type" || fail "$url holds no Java"
    rm -f "$java_store/archive.tar.gz"
    java_from=$(host_of "$url")
  fi
}

# stack_versions: for messages.
stack_versions() {
  local home versions=''
  for home in /usr/lib/jvm/*; do
    [[ ! -L $home ]] && is_java "$home" jre || continue
    versions+="${versions:+, }$(java_version_of "$home")"
  done
  printf '%s' "${versions:-none}"
}

# trust_stack HOME: makes a Java that we brought trust whom the stack trusts, which may be a CA of
# the host's own. Debian's would trust nobody: its script that makes this file does not run here.
trust_stack() {
  local bundle store=$1/lib/security/cacerts
  [[ -d $1/lib/security ]] || store=$1/jre/lib/security/cacerts  # Java 8
  for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt; do
    [[ -r $bundle ]] || continue
    [[ ! -f $store || -L $store || ! -e $store.stack || $bundle -nt $store.stack ]] || return 0
    # Only Java can write it; without its compiler, the store that it came with stays.
    if "$1/bin/java" -XX:TieredStopAtLevel=1 "$bp_dir/lib/Truststore.java" "$bundle" "$store.new" 2>/dev/null; then
      mv -f "$store.new" "$store"
      touch "$store.stack"
    fi
    return 0
  done
}

# ship_java: puts the run-time part of the Java at $java_home into the image, as $java_root there.
ship_java() {
  local tree=$java_home part
  [[ $java_home != */usr/lib/jvm/* ]] || tree=${java_home%/usr/lib/jvm/*}
  # Releases share these inodes with the cache: nobody may write to them.
  find "$tree" -type f -perm /222 -exec chmod a-w {} +
  mkdir -p "$java_dir"
  cp -al "$tree" "$java_dir/runtime" 2>/dev/null || {
    rm -rf "$java_dir/runtime"
    cp -a --reflink=auto "$tree" "$java_dir/runtime"
  }
  java_root=$java_dir/runtime${java_home#"$tree"}
  for part in jmods include man demo sample lib/src.zip src.zip lib/ct.sym; do
    rm -rf "${java_root:?}/$part"
  done
  rm -rf "${java_dir:?}"/runtime/{.debs,usr/share/{doc,man,lintian,bug}}
}

# install_java jdk|jre: the whole way. Sets $java_home, for the build, and $java_version.
install_java() {
  local app_home tree
  java_from='the stack'
  java_home=$(stack_java "$1")
  [[ -n $java_home ]] || debian_java "$1" || adoptium_java "$1"
  java_version=$(java_version_of "$java_home")
  info "Java $java_version${java_source:+ ($java_source)}, from $java_from"
  [[ -n $java_source ]] ||
    info 'No version asked for. To choose one, write java.runtime.version=17 into system.properties.'
  for tree in "$java_store"/{debian,adoptium}-*; do
    [[ ! -d $tree || $java_home/ == "$tree"/* ]] || rm -rf "$tree"  # one is enough
  done
  rm -rf "${java_dir:?}"/runtime
  app_home=$java_home
  if [[ $java_home != /usr/* ]]; then
    trust_stack "$java_home"
    ship_java
    app_home=/app${java_root#"$build_dir"}
  fi
  write_java_environment "$app_home"
}

# write_java_environment APP_HOME: for this build, for later buildpacks, and for the app.
write_java_environment() {
  export JAVA_HOME=$java_home
  export PATH="$JAVA_HOME/bin:$PATH"
  printf 'export JAVA_HOME=%q\nexport PATH="$JAVA_HOME/bin:$PATH"\n' "$java_home" >"$bp_dir/export"
  mkdir -p "$build_dir/.profile.d"
  {
    [[ $1 != /app/*/usr/lib/jvm/* ]] || debs_environment "${1%/usr/lib/jvm/*}"
    printf 'export JAVA_HOME="%s"\n' "$1"
    sed 1d "$bp_dir/lib/java-profile.sh"
  } >"$build_dir/.profile.d/20-java.sh"
  cp "$bp_dir/lib/jdbc-profile.sh" "$build_dir/.profile.d/20-jdbc.sh"
}
