# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034,SC2154  # one script in several files: see bin/compile
# What a build tool made, and the tool's own wrapper. Needs lib/{common,java,archives,war}.sh.

# built_archives FILE...: those that are archives of an app, one a line.
built_archives() {
  local file whole=() all=()
  for file; do
    [[ -f $file && $file == *.[jw]ar ]] || continue
    case ${file##*/} in
      *-sources.jar | *-javadoc.jar | *-tests.jar | *-test-fixtures.jar | *-plain.?ar | original-*.jar) continue ;;
      # The same app again, with what it depends on.
      *-jar-with-dependencies.jar | *-shaded.jar | *-all.jar | *-fat.jar | *-uber.jar | *-runner.jar | *-exec.?ar)
        whole+=("${file#"$build_dir"/}") ;;
    esac
    all+=("${file#"$build_dir"/}")
  done
  ((${#whole[@]} == 0)) || all=("${whole[@]}")
  ((${#all[@]} == 0)) || printf '%s\n' "${all[@]}"
}

# finish_build OUTPUT: the default web process, of what is in OUTPUT (target, build/libs) of the app
# or, if that cannot be started, of its modules; unless the Procfile says it.
finish_build() {
  local archives=() modules=() file command=''
  # Quarkus makes a directory, and one archive in it that starts it.
  for file in "$build_dir"{,/*}/"${1%/libs}"/quarkus-app/quarkus-run.jar; do
    [[ ! -f $file ]] || archives+=("${file#"$build_dir"/}")
  done
  if ((${#archives[@]} == 0)); then
    mapfile -t archives < <(built_archives "$build_dir/$1"/*)
    mapfile -t modules < <(built_archives "$build_dir"/*/"$1"/* "$build_dir"/*/*/"$1"/*)
  fi
  if ! has_procfile; then
    title 'Web process'
    choose_archive "${archives[@]}"
    [[ -n $command ]] || choose_archive "${archives[@]}" "${modules[@]}"
    if [[ -n $command ]]; then
      set_web "$command"
    elif ((${#unclear[@]} > 0)); then
      warn "${unclear[@]}"
    else
      warn "The build made no JAR and no WAR in $1: a Procfile has to say how to start the app."
    fi
  fi
  if [[ $command == start-war* ]] || uses_start_war; then
    title 'Installing what serves a WAR'
    install_war_server "${archives[@]}" "${modules[@]}"
  fi
}

# prepare_wrapper FILE: mends what Windows does to a script.
prepare_wrapper() {
  local file=$build_dir/$1
  if [[ $(head -n 1 "$file") == *$'\r' ]]; then
    warn "$1 has Windows line ends, without which it is run. To keep them out of the repository," \
      "write into .gitattributes: $1 text eol=lf"
    sed -i 's/\r$//' "$file"
  fi
  chmod +x "$file"
}

# is_reachable URL: whether anything answers there; if not, $unreachable says what curl said.
is_reachable() {
  local code=0
  unreachable=$(curl --silent --show-error --output /dev/null --head --retry 1 \
    --connect-timeout "${CURL_CONNECT_TIMEOUT:-30}" --max-time 60 "$1" 2>&1) || code=$?
  unreachable="(${unreachable##*$'\n'}; curl exited with $code)"
  ((code == 0))
}

# proxy_of http|https: "HOST PORT [USER PASSWORD]" of the build's proxy, from the environment, which
# Java does not look at.
proxy_of() {
  local url user='' password=''
  if [[ $1 == https ]]; then url=${https_proxy:-${HTTPS_PROXY:-}}; else url=${http_proxy:-}; fi
  [[ -n $url ]] || return 0
  url=${url#*://}
  url=${url%%/*}
  if [[ $url == *@* ]]; then
    user=${url%@*}
    url=${url##*@}
    [[ $user != *:* ]] || password=${user#*:}
    user=${user%%:*}
  fi
  [[ $url == *:* ]] || url+=:80
  printf '%s %s %s %s\n' "${url%:*}" "${url##*:}" "$user" "$password"
}

# no_proxy_hosts: no_proxy, as Java writes it: *.example.com|localhost
no_proxy_hosts() {
  local host hosts='localhost|127.*'
  for host in $(tr ',' ' ' <<<"${no_proxy:-${NO_PROXY:-}}"); do
    hosts+="|${host/#./*.}"
  done
  printf '%s' "$hosts"
}

# limit_cache DIR MIB WHAT: empties DIR when it has grown beyond that.
limit_cache() {
  [[ -d $1 ]] && (($(du -sm "$1" | cut -f 1) > $2)) || return 0
  info "Emptying $3: it has grown beyond $2 MiB"
  rm -rf "$1"
}
