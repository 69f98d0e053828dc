# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # one script in several files: see bin/compile
# The app's own Gradle, which its wrapper downloads, and the build. Debian's is from 2018, too old
# for any Java that it has.

gradle_store=$cache_dir/gradle
wrapper_properties=$build_dir/gradle/wrapper/gradle-wrapper.properties

check_wrapper() {
  [[ -f $build_dir/gradlew ]] || fail 'There is no gradlew at the root of the app' \
    'It is the wrapper that brings the Gradle which this app is built with. Run: gradle wrapper' \
    'and commit gradlew and gradle/wrapper (git add -f gradlew gradle/wrapper).'
  if [[ ! -f $build_dir/gradle/wrapper/gradle-wrapper.jar ]] && grep -q gradle-wrapper.jar "$build_dir/gradlew"; then
    fail 'There is no gradle/wrapper/gradle-wrapper.jar, which gradlew needs' \
      'Perhaps .gitignore has *.jar. Run: git add -f gradle/wrapper/gradle-wrapper.jar, commit, and push again.'
  fi
  prepare_wrapper gradlew
}

# read_build: which Java the build file asks for, and whether it has a task 'stage', $has_stage. A
# toolchain is one version; what the compiler is told is the least.
read_build() {
  local file text='' name='' stage='(task[[:space:]("'\'']+|tasks\.(register|create)[[:space:]("'\'']+|val )stage[^A-Za-z0-9_]'
  for file in build.gradle build.gradle.kts; do
    [[ ! -f $build_dir/$file ]] || { name=$file && text=$(sed 's|//.*||' "$build_dir/$file"); }
  done
  has_stage=false
  [[ ! $text =~ $stage ]] || has_stage=true
  if [[ $text =~ (JavaLanguageVersion\.of|jvmToolchain)\([[:space:]\"\']*([0-9]+) ]]; then
    wanted_java EXACTLY "${BASH_REMATCH[2]}" "$name"
  elif [[ $text =~ (sourceCompatibility|options\.release)[[:space:]]*(=|\.set\(|[[:space:]])[[:space:]\"\']*(JavaVersion\.(toVersion\([\"\'])?)?(VERSION_)?(1[._])?([0-9]{1,2}) ]]; then
    wanted_java AT_LEAST "${BASH_REMATCH[7]}" "$name: ${BASH_REMATCH[7]} or later"
  else
    wanted_java AT_LEAST 8 ''
  fi
}

# prepare_gradle: where Gradle keeps what it downloads, through which proxy; and whether it can.
prepare_gradle() {
  local url name tree protocol host port user password
  export GRADLE_USER_HOME=$gradle_store/home
  limit_cache "$GRADLE_USER_HOME" 3072 "Gradle's cache"
  mkdir -p "$GRADLE_USER_HOME"
  # Whoever runs ./gradlew would wait for a daemon that ends with the build.
  echo 'org.gradle.daemon=false' >"$GRADLE_USER_HOME/gradle.properties"
  for protocol in http https; do
    read -r host port user password < <(proxy_of "$protocol") || continue
    printf "systemProp.$protocol.%s=%s\n" proxyHost "$host" proxyPort "$port" proxyUser "$user" \
      proxyPassword "$password" nonProxyHosts "$(no_proxy_hosts)"
  done >>"$GRADLE_USER_HOME/gradle.properties"

  [[ -f $wrapper_properties ]] || return 0
  if [[ -n ${GRADLE_MIRROR_URL:-} ]]; then
    sed -i "s|https\\\\\?://services\.gradle\.org/distributions|${GRADLE_MIRROR_URL%/}|" "$wrapper_properties"
  fi
  url=$(sed -nE 's/\r$//; s/^distributionUrl[[:space:]]*=[[:space:]]*//p' "$wrapper_properties")
  url=${url//\\:/:}
  name=${url##*/}
  name=${name%.zip}
  for tree in "$GRADLE_USER_HOME"/wrapper/dists/*; do
    [[ ${tree##*/} == "$name" ]] || rm -rf "$tree"
  done
  if compgen -G "$GRADLE_USER_HOME/wrapper/dists/$name/*/*.ok" >/dev/null; then
    info "${name:-Gradle}, from the cache"
    return
  fi
  [[ $url != http* ]] || is_reachable "$url" || fail "Could not reach $(host_of "$url")" "$unreachable" '' \
    "gradlew needs it to download $name. To use a mirror, set GRADLE_MIRROR_URL to the URL that has it," \
    'or write it into gradle/wrapper/gradle-wrapper.properties (distributionUrl).'
  info "${name:-Gradle}, by gradlew"
}

# run_gradle: the build itself. 'stage' is what other platforms ask a build to have.
run_gradle() {
  local tasks=() code=0 log=$gradle_store/build.log
  if [[ -n ${GRADLE_TASK:-} ]]; then
    read -r -d '' -a tasks <<<"$GRADLE_TASK" || true
  elif [[ $has_stage == true ]]; then
    tasks=(stage)
  else
    tasks=(build -x test)
  fi
  info "./gradlew ${tasks[*]}"
  (cd "$build_dir" && ./gradlew "${tasks[@]}") 2>&1 | tee "$log" || code=$?
  ((code == 0)) || explain_gradle "$code" "$log"
  rm -f "$log"
}

explain_gradle() {
  local code=$1 log=$2
  if grep -qE 'Unsupported class file major version|Could not determine java version' "$log"; then
    warn "The app's Gradle is too old for Java $java_version. Bring it up to date (./gradlew wrapper" \
      '--gradle-version 8.10, and commit), or ask for an older Java in system.properties:' 'java.runtime.version=11'
  elif grep -qE 'Cannot find a Java installation|No matching toolchains|No locally installed toolchains' "$log"; then
    warn "The build asks for another Java than the $java_version that runs it. Write the one that it needs" \
      'into system.properties: java.runtime.version=21'
  elif grep -qE 'invalid (source|target) release|release version [0-9.]+ not supported' "$log"; then
    warn "This app is to be compiled for a later Java than the $java_version that built it." \
      'Write the one that it needs into system.properties: java.runtime.version=21'
  elif grep -qE 'UnknownHostException|Could not (GET|HEAD)|Connect(ion)? (refused|timed out)|Connect to .* failed' "$log"; then
    warn 'A repository could not be reached (see above). Its address is in the build (repositories in build.gradle):' \
      'a mirror is to be named there.'
  elif grep -qE "Task '[^']*' not found" "$log"; then
    warn 'GRADLE_TASK says which tasks are run; without it: build -x test.'
  fi
  rm -f "$log"
  exit "$code"
}

# finish_gradle: the default web process: what installDist made, or an archive.
finish_gradle() {
  local script scripts=()
  for script in "$build_dir"/build/install/*/bin/*; do
    [[ ! -f $script || $script == *.bat ]] || scripts+=("${script#"$build_dir"/}")
  done
  if ((${#scripts[@]} == 1)) && ! has_procfile; then
    title 'Web process'
    set_web "$(printf %q "${scripts[0]}")"
  else
    finish_build build/libs
  fi
}
