# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # one script in several files: see bin/compile
# What serves a WAR: webapp-runner where the app has it or says where it is, else Tomcat 10, from
# the stack or from Debian packages. Needs lib/{common,debs,fetch}.sh, $java_dir, $java_store and
# $java_version.

# What Tomcat needs to serve one WAR: no clustering, no tools, no translations.
tomcat_jars=(eclipse-jdt-core tomcat10-{annotations-api,api,catalina,coyote,dbcp,el-api,jasper-el}
  tomcat10-{jasper,jaspic-api,jdbc,jni,jsp-api,juli,servlet-api,util-scan,util}
  tomcat10-{websocket-api,websocket-client-api,websocket})

# install_war_server FILE...: makes start-war, which serves these WARs.
install_war_server() {
  local file
  mkdir -p "$java_dir/bin"
  for file in "$build_dir"/webapp-runner*.jar; do
    [[ ! -f $file ]] || { install_webapp_runner "$file" && return; }
  done
  if [[ -n ${WEBAPP_RUNNER_URL:-} ]]; then
    file=$java_store/webapp-runner.jar
    if [[ -n ${WEBAPP_RUNNER_SHA256:-} || ! -f $file || $(<"$file.url") != "$WEBAPP_RUNNER_URL" ]]; then
      fetch webapp-runner "$WEBAPP_RUNNER_URL" "$file" "${WEBAPP_RUNNER_SHA256:-}" \
        'That is the address in WEBAPP_RUNNER_URL. Without it, Tomcat from Debian packages is used;' \
        'a webapp-runner.jar at the root of the app needs no download.'
      printf '%s\n' "$WEBAPP_RUNNER_URL" >"$file.url"
    fi
    install_webapp_runner "$file"
    return
  fi
  ((${java_version%%.*} >= 11)) || fail "Tomcat 10 needs Java 11 or later, and this app asks for $java_version" \
    'Ask for a later one in system.properties, or set WEBAPP_RUNNER_URL to the address of a' \
    'webapp-runner.jar that runs on it.'
  install_tomcat
  for file; do
    [[ ! -f $build_dir/$file ]] || ! is_java_ee "$build_dir/$file" || convert_war "$file"
  done
}

install_webapp_runner() {
  info "webapp-runner (${1##*/})"
  cp "$1" "$java_dir/webapp-runner.jar"
  install -m 755 "$bp_dir/lib/start-war" "$java_dir/bin/"
}

install_tomcat() {
  local name from='the stack' lib=$java_dir/tomcat/lib version mime
  for name in "${tomcat_jars[@]}"; do
    [[ -e /usr/share/java/$name.jar ]] || from='Debian packages'
  done
  [[ $from == 'the stack' ]] || install_debs 'Tomcat 10' "$java_store/tomcat" libtomcat10-java
  rm -rf "$java_dir/tomcat"
  mkdir -p "$lib" "$java_dir/tomcat/conf"
  for name in "${tomcat_jars[@]}"; do
    # A package that the stack has is not in the tree of the others.
    cp -L "$java_store/tomcat/usr/share/java/$name.jar" "$lib/" 2>/dev/null ||
      cp -L "/usr/share/java/$name.jar" "$lib/" || fail "Tomcat 10 is incomplete: there is no $name.jar"
  done
  version=$("$unzip" -p "$lib/tomcat10-catalina.jar" org/apache/catalina/util/ServerInfo.properties |
    sed -nE 's/^server.number=([0-9]+\.[0-9]+\.[0-9]+).*/\1/p')
  info "Tomcat ${version:-10}, from $from"
  mime=$("$unzip" -p "$lib/tomcat10-catalina.jar" org/apache/catalina/startup/MimeTypeMappings.properties |
    sed -nE 's|^([A-Za-z0-9_-]+)=([A-Za-z0-9/.+-]+)$|  <mime-mapping><extension>\1</extension><mime-type>\2</mime-type></mime-mapping>|p')
  sed -e "/@MIME@/{r /dev/stdin" -e 'd}' "$bp_dir/lib/tomcat-web.xml" <<<"$mime" >"$java_dir/tomcat/conf/web.xml"
  for name in server.xml catalina.properties logging.properties; do
    cp "$bp_dir/lib/tomcat-$name" "$java_dir/tomcat/conf/$name"
  done
  install -m 755 "$bp_dir/lib/start-war" "$java_dir/bin/"
}

# mentions REGEX ARCHIVE FILES: whether one of these files in the archive has it in it.
mentions() { { "$unzip" -p "$2" "$3" 2>/dev/null || true; } | LC_ALL=C grep -aE -e "$1" >/dev/null; }

# is_java_ee WAR: whether it was written for Java EE, whose javax.servlet Tomcat 10 does not know,
# and not for Jakarta EE. Its own classes tell; where they do not, its libraries.
is_java_ee() {
  local dir file is_ee=1
  mentions jakarta/servlet/ "$1" 'WEB-INF/classes/*' && return 1
  mentions javax/servlet/ "$1" 'WEB-INF/classes/*' && return 0
  mentions /xml/ns/jakartaee "$1" WEB-INF/web.xml && return 1
  mentions 'java\.sun\.com|xmlns\.jcp\.org' "$1" WEB-INF/web.xml && return 0
  dir=$(mktemp -d)
  "$unzip" -q "$1" 'WEB-INF/lib/*.jar' -d "$dir" 2>/dev/null || true
  for file in "$dir"/WEB-INF/lib/*.jar; do
    if mentions jakarta/servlet/ "$file" '*.class'; then
      is_ee=1
      break
    fi
    ! mentions javax/servlet/ "$file" '*.class' || is_ee=0
  done
  rm -rf "$dir"
  return "$is_ee"
}

# convert_war FILE: makes a Java EE archive a Jakarta EE one, by Tomcat's own tool.
convert_war() {
  local tool=usr/share/tomcat-jakartaee-migration/lib jars log
  info "Converting $1 from Java EE (javax.servlet) to Jakarta EE, as Tomcat 10 needs it"
  if compgen -G "/$tool/*.jar" >/dev/null; then
    jars=/$tool
  else
    install_debs 'the Jakarta EE migration tool' "$java_store/migration" tomcat-jakartaee-migration
    jars=$java_store/migration/$tool
  fi
  log=$(java -cp "$jars/*" org.apache.tomcat.jakartaee.MigrationCLI "$build_dir/$1" "$build_dir/$1.jakarta" 2>&1) ||
    fail "$1 cannot be converted to Jakarta EE" "${log##*$'\n'}" \
      'Build it for Jakarta EE (jakarta.servlet), or set WEBAPP_RUNNER_URL to the address of a' \
      'webapp-runner.jar of version 9, which runs it as it is.'
  mv -f "$build_dir/$1.jakarta" "$build_dir/$1"
}
