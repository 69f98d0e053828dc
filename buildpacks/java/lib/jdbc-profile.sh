# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Java's own form of the addresses of databases, as on Heroku and Scalingo: JDBC_DATABASE_URL,
# _USERNAME and _PASSWORD, the same as SPRING_DATASOURCE_URL and so on, and SPRING_DATA_REDIS_URL.
# What the app sets stays. Sourced by the app's shell, so nothing else is left behind.
hythe_jdbc() {
  local name pool=DATABASE_CONNECTION_POOL_URL redis=${REDIS_URL:-${SCALINGO_REDIS_URL:-}}
  [[ -n ${DATABASE_URL:-} ]] || pool=''
  for name in $pool DATABASE_URL SCALINGO_POSTGRESQL_URL SCALINGO_MYSQL_URL JAWSDB_URL JAWSDB_MARIA_URL CLEARDB_DATABASE_URL; do
    hythe_jdbc_of JDBC_DATABASE "${!name:-}"
  done
  for name in DATABASE_CONNECTION_POOL_URL SCALINGO_POSTGRESQL_URL SCALINGO_MYSQL_URL $(compgen -e HEROKU_POSTGRESQL_); do
    [[ $name != *_URL || $name == *_JDBC_URL ]] || hythe_jdbc_of "${name%_URL}_JDBC" "${!name:-}"
  done
  if [[ -n ${JDBC_DATABASE_URL:-} && ${DISABLE_SPRING_DATASOURCE_URL:-} != true ]] &&
    [[ -z ${SPRING_DATASOURCE_URL:-}${SPRING_DATASOURCE_USERNAME:-}${SPRING_DATASOURCE_PASSWORD:-} ]]; then
    export SPRING_DATASOURCE_URL=$JDBC_DATABASE_URL
    [[ -z ${JDBC_DATABASE_USERNAME:-} ]] ||
      export SPRING_DATASOURCE_USERNAME=$JDBC_DATABASE_USERNAME SPRING_DATASOURCE_PASSWORD=${JDBC_DATABASE_PASSWORD:-}
  fi
  if [[ -n $redis && ${DISABLE_SPRING_REDIS_URL:-} != true ]]; then
    export SPRING_REDIS_URL=${SPRING_REDIS_URL:-$redis} SPRING_DATA_REDIS_URL=${SPRING_DATA_REDIS_URL:-$redis}
  fi
}
# hythe_jdbc_of PREFIX URL: exports PREFIX_URL, PREFIX_USERNAME and PREFIX_PASSWORD, if the first is
# not there, and URL is the address of a database that JDBC has a name for.
hythe_jdbc_of() {
  local url=$1_URL driver rest user='' password='' query=''
  [[ -z ${!url:-} && $2 =~ ^([a-z0-9]+)://(.+)$ ]] || return 0
  rest=${BASH_REMATCH[2]}
  case ${BASH_REMATCH[1]} in
    postgres | postgresql) driver=postgresql ;;
    mysql | mysql2) driver=mysql ;;
    mariadb) driver=mariadb ;;
    *) return 0 ;;
  esac
  if [[ $rest =~ ^([^/@]*)@(.*)$ ]]; then
    rest=${BASH_REMATCH[2]}
    user=${BASH_REMATCH[1]%%:*}
    [[ ${BASH_REMATCH[1]} != *:* ]] || password=${BASH_REMATCH[1]#*:}
  fi
  if [[ $rest == *\?* ]]; then query="&${rest#*\?}"; fi
  rest=${rest%%\?*}
  if [[ -n $user ]]; then
    query="&user=$(hythe_in_query "$user")${password:+&password=$(hythe_in_query "$password")}$query"
    export "$1_USERNAME=$(hythe_decoded "$user")" "$1_PASSWORD=$(hythe_decoded "$password")"
  fi
  export "$url=jdbc:$driver://$rest${query:+?${query#&}}"
}
# What may stand before the host of an address, but means something else after its '?'.
hythe_in_query() {
  local text=${1//&/%26}
  text=${text//+/%2B}
  printf '%s' "${text//=/%3D}"
}
hythe_decoded() {
  local text=${1//\\/\\\\}
  if [[ $1 =~ %([^0-9A-Fa-f]|.[^0-9A-Fa-f]|.?$) ]]; then printf '%s' "$1"; else printf '%b' "${text//%/\\x}"; fi
}
hythe_jdbc
unset -f hythe_jdbc hythe_jdbc_of hythe_in_query hythe_decoded
