# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2016,SC2034,SC2154  # one script in several files: see bin/compile
# JARs and WARs: what is in them, which one to start, and how. Needs lib/{common,debs,war}.sh, and
# $build_dir, $java_dir and $java_store. Names are relative to $build_dir.

# Nothing but a program reads a JAR: the stack's, or Debian's.
prepare_unzip() {
  unzip=/usr/bin/unzip
  [[ ! -x $unzip ]] || return 0
  install_debs unzip "$java_store/unzip" unzip
  unzip=$java_store/unzip/usr/bin/unzip
}

# read_archive FILE: sets $main_class, nothing if FILE cannot be started by itself, and $manifest,
# its main section with the long lines whole again.
read_archive() {
  local attributes file=$build_dir/$1
  attributes=$("$unzip" -p "$file" META-INF/MANIFEST.MF 2>/dev/null | tr -d '\r\0') || true
  if [[ -z $attributes ]] && ! "$unzip" -Z1 "$file" >/dev/null 2>&1; then
    [[ $(head -c 100 "$file" | tr -d '\0') != *git-lfs* ]] ||
      fail "$1 is only a reference to a file of Git LFS, which a push does not bring" \
        "Commit the file itself: git lfs untrack $1, then git add $1."
    fail "$1 is not a JAR or WAR: it cannot be read" 'Is it complete? Build it again, commit it, and push.'
  fi
  manifest=${attributes%%$'\n\n'*}
  manifest=$'\n'${manifest//$'\n '/}$'\n'
  main_class=''
  [[ ! $manifest =~ $'\n'[Mm]ain-[Cc]lass:[[:space:]]*([^$'\n']*[^[:space:]]) ]] || main_class=${BASH_REMATCH[1]}
}

# start_archive FILE: the command that starts FILE, which read_archive has just read. Frameworks
# that do not look at $PORT are told.
start_archive() {
  local port=''
  if [[ $manifest == *$'\nSpring-Boot-Version:'* || $main_class == org.springframework.boot.loader.* ]]; then
    port='-Dserver.port=$PORT '
  elif [[ $main_class == io.quarkus.* ]]; then
    port='-Dquarkus.http.port=$PORT '
  elif [[ $manifest == *micronaut-* || $("$unzip" -Z1 "$build_dir/$1") == *io/micronaut/runtime/Micronaut.class* ]]; then
    port='-Dmicronaut.server.port=$PORT '
  fi
  printf 'java %s$JAVA_OPTS -jar %q' "$port" "$1"
}

# choose_archive FILE...: sets $command, how to start the one that can be; or $unclear, what to tell
# the user, whose Procfile has to say it then.
choose_archive() {
  local file programs=() wars=()
  command='' unclear=()
  for file; do
    read_archive "$file"
    case $file in
      webapp-runner*.jar | */webapp-runner*.jar) continue ;;
    esac
    if [[ -n $main_class ]]; then
      programs+=("$file")
    elif [[ $file == *.war ]]; then
      wars+=("$file")
    fi
  done
  if ((${#programs[@]} > 1)); then
    unclear=("Several archives can be started: ${programs[*]}"
      'Write into a Procfile which one is the web process, for example:'
      "web: java \$JAVA_OPTS -jar ${programs[0]}")
  elif ((${#programs[@]} == 1)); then
    read_archive "${programs[0]}"
    command=$(start_archive "${programs[0]}")
  elif ((${#wars[@]} > 1)); then
    unclear=("Several WARs: ${wars[*]}"
      'Write into a Procfile which one is the web process, for example:' "web: start-war ${wars[0]}")
  elif ((${#wars[@]} == 1)); then
    printf -v command 'start-war %q' "${wars[0]}"
  elif (($# > 0)); then
    unclear=("No archive can be started: $*"
      'None has a Main-Class in its manifest. Write into a Procfile how to start the app, for example:'
      "web: java \$JAVA_OPTS -cp $1 com.example.Main")
  fi
}

# has_procfile: whether the app says itself how to start it.
has_procfile() { grep -qE '^[A-Za-z0-9_-]+:[[:space:]]*[^[:space:]]' "$build_dir/Procfile" 2>/dev/null; }

uses_start_war() { grep -qE '^[^#]*start-war' "$build_dir/Procfile" 2>/dev/null; }

# set_web COMMAND: what bin/release will say.
set_web() {
  mkdir -p "$java_dir"
  printf 'web: %s\n' "$1" >"$java_dir/release"
  info "web: $1"
}
