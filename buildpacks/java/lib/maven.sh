# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # one script in several files: see bin/compile
# Which Maven, where it gets artifacts from, and the build.

maven_store=$cache_dir/maven
central=https://repo.maven.apache.org/maven2

# read_xml FILE: its text, without comments.
read_xml() {
  local text rest
  text=$(<"$1")
  while [[ $text == *'<!--'*'-->'* ]]; do
    rest=${text#*<!--}
    text=${text%%<!--*}${rest#*-->}
  done
  printf '%s\n' "$text"
}

# pom_java: the Java release that pom.xml compiles for, or nothing.
pom_java() {
  read_xml "$build_dir/pom.xml" |
    sed -nE 's/.*<(maven\.compiler\.(release|target|source)|java\.version|release)>[[:space:]]*(1\.)?([0-9]{1,2})[[:space:]]*<.*/\4/p' |
    sort -n | tail -n 1
}

# install_maven: sets $maven, the command.
install_maven() {
  local version tree
  version=$(property maven.version)
  [[ -z $version || $version =~ ^[0-9]+(\.[A-Za-z0-9-]+)+$ ]] ||
    fail "system.properties: maven.version is '$version', which is not a version" 'Write for example maven.version=3.9.9.'
  if [[ -z $version && -f $build_dir/mvnw ]]; then
    if [[ -f $build_dir/.mvn/wrapper/maven-wrapper.properties ]]; then
      use_wrapper
      return
    fi
    warn 'mvnw is not used: there is no .mvn/wrapper/maven-wrapper.properties, which it needs.' \
      'To have it, git add -f .mvn, and push again.'
  fi
  if maven=$(command -v mvn) && [[ -z $version || $(maven_version) == "$version" ]]; then
    info "Maven $(maven_version), from the stack"
  elif [[ -z $version ]]; then
    tree=$maven_store/debian
    install_debs Maven "$tree" maven
    rm -rf "$tree/usr/lib/jvm"  # it wants a Java, and we have one
    maven=$tree/usr/share/maven/bin/mvn
    info "Maven $(maven_version), from Debian packages"
  else
    download_maven "$version"
  fi
}

maven_version() {
  local text
  text=$("$maven" -B -v 2>/dev/null)
  [[ ! $text =~ 'Apache Maven '([0-9A-Za-z.-]+) ]] || printf '%s' "${BASH_REMATCH[1]}"
}

# use_wrapper: the app's own script, which downloads Maven itself, once.
use_wrapper() {
  local properties=$build_dir/.mvn/wrapper/maven-wrapper.properties url
  prepare_wrapper mvnw
  maven=./mvnw
  export MAVEN_USER_HOME=$maven_store/home
  if [[ -n ${MAVEN_MIRROR_URL:-} ]]; then export MVNW_REPOURL=${MAVEN_MIRROR_URL%/}; fi
  url=$(sed -nE 's/\r$//; s/^distributionUrl[[:space:]]*=[[:space:]]*//p' "$properties" | sed 's/\\:/:/g')
  info "Maven, by mvnw (${url##*/})"
  [[ ! -d $MAVEN_USER_HOME/wrapper/dists ]] || return 0
  if [[ -n ${MAVEN_MIRROR_URL:-} && $url == https://repo*.maven* ]]; then url=$MAVEN_MIRROR_URL; fi
  [[ $url != http* ]] || is_reachable "$url" || fail "Could not reach $(host_of "$url")" "$unreachable" '' \
    'mvnw needs it to download Maven. To use a mirror of Maven Central, set MAVEN_MIRROR_URL to its URL;' \
    "to use the stack's Maven or Debian's, remove mvnw."
}

download_maven() {
  local version=$1 url tree=$maven_store/apache-maven-$1 archive=$maven_store/maven.tar.gz sum
  maven=$tree/bin/mvn
  if [[ -x $maven ]]; then
    info "Maven $version (system.properties), from the cache"
    return
  fi
  url=${MAVEN_MIRROR_URL:-$central}
  url=${url%/}/org/apache/maven/apache-maven/$version/apache-maven-$version-bin.tar.gz
  fetch "Maven $version" "$url" "$archive" '' \
    'system.properties asks for it (maven.version). To use a mirror of Maven Central, set MAVEN_MIRROR_URL' \
    "to its URL; to use the stack's Maven or Debian's, remove that line."
  fetch "Maven $version" "$url.sha512" "$archive.sha512" ''
  read -r sum _ <"$archive.sha512" || true
  sha512sum --status --check - <<<"$sum  $archive" 2>/dev/null || {
    rm -f "$archive"
    fail "What $(host_of "$url") sent is not Maven $version" 'Its SHA-512 sum is not the one that the publisher gives.' "$url"
  }
  rm -rf "$maven_store"/apache-maven-*
  mkdir "$tree"
  tar -xzf "$archive" -C "$tree" --strip-components=1 --no-same-owner || fail "$url cannot be unpacked"
  rm -f "$archive" "$archive.sha512"
  info "Maven $version (system.properties), from $(host_of "$url")"
}

# choose_settings: sets $settings, the options that name settings files, and $own_settings, the
# app's.
choose_settings() {
  settings=() own_settings=''
  if [[ -n ${MAVEN_SETTINGS_PATH:-} ]]; then
    own_settings=$build_dir/$MAVEN_SETTINGS_PATH
    [[ -f $own_settings ]] || fail "MAVEN_SETTINGS_PATH is '$MAVEN_SETTINGS_PATH', and there is no such file in the app"
  elif [[ -n ${MAVEN_SETTINGS_URL:-} ]]; then
    own_settings=$maven_store/settings.xml
    fetch 'the settings of Maven' "$MAVEN_SETTINGS_URL" "$own_settings" '' 'That is the address in MAVEN_SETTINGS_URL.'
  elif [[ -f $build_dir/settings.xml ]]; then
    own_settings=$build_dir/settings.xml
  fi
  [[ -z $own_settings ]] || settings+=(--settings "$own_settings")
  [[ -z ${MAVEN_MIRROR_URL:-}$(proxy_of http)$(proxy_of https) ]] || {
    write_global_settings >"$maven_store/global-settings.xml"
    settings+=(--global-settings "$maven_store/global-settings.xml")
  }
}

escape_xml() { sed "s/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/\"/\&quot;/g" <<<"$1"; }

# write_global_settings: the mirror and the proxies of the build, for Maven.
write_global_settings() {
  local protocol host port user password
  printf '<settings>\n<mirrors>\n'
  [[ -z ${MAVEN_MIRROR_URL:-} ]] ||
    printf '<mirror><id>mirror</id><mirrorOf>external:*</mirrorOf><url>%s</url></mirror>\n' "$(escape_xml "$MAVEN_MIRROR_URL")"
  # As in the file that this one replaces.
  printf '<mirror><id>maven-default-http-blocker</id><mirrorOf>external:http:*</mirrorOf><url>http://0.0.0.0/</url><blocked>true</blocked></mirror>\n'
  printf '</mirrors>\n<proxies>\n'
  for protocol in http https; do
    read -r host port user password < <(proxy_of "$protocol") || continue
    printf '<proxy><id>%s</id><protocol>%s</protocol><host>%s</host><port>%s</port>' "$protocol" "$protocol" "$host" "$port"
    [[ -z $user ]] || printf '<username>%s</username><password>%s</password>' "$(escape_xml "$user")" "$(escape_xml "$password")"
    printf '<nonProxyHosts>%s</nonProxyHosts></proxy>\n' "$(no_proxy_hosts)"
  done
  printf '</proxies>\n</settings>\n'
}

# names_repository FILE: whether these settings have a repository or a mirror of their own.
names_repository() {
  local text
  [[ -f $1 ]] || return 1
  text=$(read_xml "$1")
  text=${text//http:\/\/0.0.0.0/}  # blocks repositories without TLS
  [[ $text =~ '<url>'[[:space:]]*[a-z]+: ]]
}

# choose_repository: sets $repository, where Maven keeps artifacts, and $offline, its option if it
# is to do without any other.
choose_repository() {
  local url=${MAVEN_MIRROR_URL:-$central}
  offline=()
  if [[ -d $build_dir/.m2/repository ]]; then
    repository=$build_dir/.m2/repository
    offline=(--offline)
    info 'The repository in .m2/repository is used, and nothing is downloaded'
    return
  fi
  repository=$maven_store/repository
  # Settings may name other repositories, which only Maven understands.
  if [[ -z ${MAVEN_MIRROR_URL:-} ]] && { names_repository "$own_settings" || names_repository /etc/maven/settings.xml; }; then
    return
  fi
  is_reachable "$url" && return
  if [[ -d $repository ]]; then
    warn "$(host_of "$url") cannot be reached: building offline, with what earlier builds downloaded" "$unreachable"
    offline=(--offline)
  else
    fail "Could not reach $(host_of "$url")" "$unreachable" '' \
      'Maven needs it to download plugins and dependencies. To use a mirror of Maven Central, set' \
      'MAVEN_MIRROR_URL to its URL, or write it into a settings.xml at the root of the app. To do without:' \
      'mvn -Dmaven.repo.local=.m2/repository clean install, and commit .m2/repository (git add -f).'
  fi
}

# run_maven: the build itself.
run_maven() {
  local options=() goals=() code=0 log=$maven_store/build.log
  [[ -z ${MAVEN_JAVA_OPTS:-} ]] || export MAVEN_OPTS="${MAVEN_OPTS:+$MAVEN_OPTS }$MAVEN_JAVA_OPTS"
  read -r -d '' -a options <<<"${MAVEN_CUSTOM_OPTS:--DskipTests}" || true
  read -r -d '' -a goals <<<"${MAVEN_CUSTOM_GOALS:-clean install}" || true
  info "${maven##*/} -B${offline:+ --offline} ${options[*]} ${goals[*]}"
  # One line for each file that is downloaded would be thousands.
  (cd "$build_dir" && "$maven" -B "${offline[@]}" "${settings[@]}" "-Dmaven.repo.local=$repository" \
    -Dorg.slf4j.simpleLogger.log.org.apache.maven.cli.transfer.Slf4jMavenTransferListener=warn \
    "${options[@]}" "${goals[@]}") 2>&1 | tee "$log" || code=$?
  ((code == 0)) || explain_maven "$code" "$log"
  rm -f "$log"
}

explain_maven() {
  local code=$1 log=$2
  if grep -qE 'release version [0-9.]+ not supported|invalid (target|source) release|invalid flag: --release' "$log"; then
    warn "This app is to be compiled for a later Java than the $java_version that built it." \
      'Write the one that it needs into system.properties: java.runtime.version=21'
  elif grep -qE 'in offline mode|has not been downloaded from it before' "$log"; then
    warn 'Something is missing from the repository that this offline build uses (see above).' \
      'If it is .m2/repository: mvn -Dmaven.repo.local=.m2/repository clean install, and commit what it adds.'
  elif grep -qE 'Could not transfer|Unknown host|Connection (refused|timed out)|Connect to .* failed' "$log"; then
    warn 'A repository could not be reached (see above). To use a mirror, set MAVEN_MIRROR_URL to its URL.'
  elif grep -qE 'Could not find artifact|could not be resolved' "$log"; then
    warn 'No repository has an artifact that pom.xml asks for (see above). Private repositories are' \
      'named by a settings.xml at the root of the app, or by MAVEN_SETTINGS_PATH or MAVEN_SETTINGS_URL.'
  fi
  rm -f "$log"
  exit "$code"
}
