# shellcheck shell=bash
# Java's own form of DATABASE_URL, as on Heroku: JDBC_DATABASE_URL, _USERNAME and _PASSWORD, and the
# same as SPRING_DATASOURCE_URL and so on, unless the app has any of them or has set
# DISABLE_SPRING_DATASOURCE_URL=true. Sourced by the app's shell, so nothing else is left behind.
hythe_jdbc() {
  local driver rest user='' password='' query=''
  [[ -z ${JDBC_DATABASE_URL:-} && ${DATABASE_URL:-} =~ ^([a-z0-9]+)://(.+)$ ]] || return 0
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
    JDBC_DATABASE_USERNAME=$(hythe_decoded "$user")
    JDBC_DATABASE_PASSWORD=$(hythe_decoded "$password")
    export JDBC_DATABASE_USERNAME JDBC_DATABASE_PASSWORD
  fi
  export JDBC_DATABASE_URL="jdbc:$driver://$rest${query:+?${query#&}}"
  if [[ ${DISABLE_SPRING_DATASOURCE_URL:-} != true ]] &&
    [[ -z ${SPRING_DATASOURCE_URL:-}${SPRING_DATASOURCE_USERNAME:-}${SPRING_DATASOURCE_PASSWORD:-} ]]; then
    export SPRING_DATASOURCE_URL=$JDBC_DATABASE_URL
    [[ -z $user ]] || export SPRING_DATASOURCE_USERNAME=$JDBC_DATABASE_USERNAME SPRING_DATASOURCE_PASSWORD=$JDBC_DATABASE_PASSWORD
  fi
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
unset -f hythe_jdbc hythe_in_query hythe_decoded
