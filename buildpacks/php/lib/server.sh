# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # one script in several files: see bin/compile
# nginx and php-fpm, as start-php runs them.

# plain NAME VALUE: refuses what nginx would not read as one path in the app.
plain() {
  [[ $2 =~ ^[A-Za-z0-9._/+@-]*$ && /$2/ != */../* ]] ||
    fail "composer.json: $1 '$2' is not a plain path in the app" 'Letters, digits and . _ / + @ - can be in it.'
}

# choose_root: sets $root, relative to the app, '' for all of it.
choose_root() {
  local directory
  # Scalingo has variables for these, too.
  document_root=${DOCUMENT_ROOT:-$document_root}
  index_document=${INDEX_DOCUMENT:-$index_document}
  root=${document_root#/}
  root=${root#./}
  root=${root%/}
  [[ $root != . ]] || root=''
  index_document=${index_document#/}
  plain "$settings.document-root" "$root"
  plain "$settings.index-document" "$index_document"
  plain config.vendor-dir "$vendor_dir"
  if [[ -n $document_root ]]; then
    [[ -d $build_dir/$root ]] || fail "$settings.document-root: '$document_root' is not a directory of the app" \
      'If a build makes it, list the buildpack that builds before this one in .buildpacks.'
    return
  fi
  [[ ! -f $build_dir/$index_document ]] || return 0
  for directory in public web webroot html; do
    if [[ -f $build_dir/$directory/$index_document ]]; then
      root=$directory
      return
    fi
  done
  warn "There is no $index_document in the app, public/ or web/: requests for / will find nothing." \
    "Where it is, is said by \"extra\": { \"${settings#extra.}\": { \"document-root\": \"DIR\" } } in composer.json."
}

write_server() {
  local include includes='' hidden='' otherwise='=404'
  for include in "${nginx_includes[@]}"; do
    plain "$settings.nginx-includes" "$include"
    [[ -f $build_dir/$include ]] || fail "$settings.nginx-includes: '$include' is not a file of the app"
    includes+="    include @APP@/${include#/};"$'\n'
  done
  # The app itself is the site: not all of it is for visitors.
  [[ -n $root ]] || hidden="    location ~ ^/(?:$vendor_dir/|(?:composer\\\\.(?:json|lock|phar)|Procfile|app\\\\.json|scalingo\\\\.json)\$) { return 404; }"
  # All that is no file is for the app to answer.
  [[ ! -f $build_dir/$root/$index_document ]] || otherwise="/$index_document\$is_args\$args"

  cp "$bp_dir/lib/mime.types" "$php_home/etc/"
  cp "$bp_dir/lib/php-fpm.conf" "$php_home/etc/php-fpm.conf.template"
  includes=${includes//$'\n'/\\n}
  sed -e "s|@ROOT@|@APP@${root:+/$root}|; s|@INDEX@|$index_document|; s|@INCLUDES@|$includes|" \
    -e "s#@HIDDEN@#$hidden#; s|@OTHERWISE@|$otherwise|" \
    "$bp_dir/lib/nginx.conf" >"$php_home/etc/nginx.conf.template"
  install -m 755 "$bp_dir/lib/start-php" "$php_home/bin/"
  for include in "${fpm_includes[@]}"; do
    plain "Procfile: $heroku_server -F" "$include"
    [[ -f $build_dir/$include ]] || fail "Procfile: '$include', for $heroku_server, is not a file of the app"
    printf 'include=@APP@/%s\n' "$include"
  done >>"$php_home/etc/php-fpm.conf.template"
  write_log_files
  check_server
  info "Serving ${root:-the root of the app}, with $index_document for all that is no file"
}

# write_log_files: those whose lines start-php shows.
write_log_files() {
  local file
  [[ $is_laravel == false ]] || log_files+=(storage/logs/laravel.log)
  for file in "${log_files[@]}"; do
    plain "$settings.log-files" "$file"
    printf '%s\n' "/app/${file#/app/}"
  done >"$php_home/etc/log-files"
}

# read_heroku_line: a Procfile that starts one of Heroku's two servers says with its words what
# composer.json says otherwise; sets $heroku_server, which is start-php here.
read_heroku_line() {
  local words=()
  heroku_server='' fpm_includes=()
  [[ ! -f $build_dir/Procfile ]] ||
    read -ra words < <(sed -nE 's/\r$//; s/^web:.*(heroku-php-(apache2|nginx))/\1/p' "$build_dir/Procfile") || true
  ((${#words[@]} > 0)) || return 0
  heroku_server=${words[0]}
  set -- "${words[@]:1}"
  while (($# > 0)); do
    case $1 in
      -C)
        if [[ $heroku_server == *-nginx ]]; then nginx_includes+=("${2:-}"); else ignore_word "$1 ${2:-}"; fi
        shift ;;
      -F) fpm_includes+=("${2:-}") && shift ;;
      -i) php_includes+=("${2:-}") && shift ;;
      -l) log_files+=("${2:-}") && shift ;;
      -c | -p)
        ignore_word "$1 ${2:-}"
        shift ;;
      -*) ignore_word "$1" ;;
      *) document_root=$1 ;;
    esac
    (($# == 0)) || shift
  done
  info "$heroku_server of the Procfile is nginx and php-fpm here"
}

ignore_word() { warn "Procfile: $heroku_server's $1 is not supported, ignored"; }

# write_heroku_servers: under the names by which they are called.
write_heroku_servers() {
  local name
  [[ -n $heroku_server ]] || return 0
  mkdir -p "$build_dir/$vendor_dir/bin"
  for name in heroku-php-apache2 heroku-php-nginx; do
    ln -sfn /app/.hythe/php/bin/start-php "$build_dir/$vendor_dir/bin/$name"
    ln -sfn start-php "$php_home/bin/$name"
  done
  [[ $heroku_server != *-apache2 || ! -f $build_dir/$root/.htaccess ]] ||
    warn ".htaccess is for Apache, and is not read: all that is no file goes to $index_document." \
      "Other rules can be in nginx's words: \"$settings\": { \"nginx-includes\": [\"FILE\"] } in composer.json."
}

# What nginx and php-fpm think of it, asked now: a push that cannot serve should fail here.
check_server() {
  local trial name errors='' ok=true
  trial=$(mktemp -d)
  for name in nginx php-fpm; do
    sed -e "s|@APP@|$build_dir|g; s|@LISTEN@|unix:$trial/socket|; s|@WORKERS@|1|; s|@TMP@|$trial|g" \
      "$php_home/etc/$name.conf.template" >"$trial/$name.conf"
  done
  errors=$("$php_home/bin/nginx" -t -q -e stderr -p "$trial" -c "$trial/nginx.conf" 2>&1) &&
    errors=$("$php_home/bin/php-fpm" --test --fpm-config "$trial/php-fpm.conf" 2>&1) || ok=false
  rm -rf "$trial"
  [[ $ok == true ]] || fail 'nginx or php-fpm does not accept its configuration:' "${errors//$build_dir\//}"
}
