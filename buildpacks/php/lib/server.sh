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

# Heroku's way to say how an app is served.
check_procfile() {
  ! grep -qs heroku-php- "$build_dir/Procfile" ||
    warn "The Procfile asks for one of Heroku's heroku-php- programs, which are not here." \
      'Remove that line: the app is served without it. The directory that it names is' \
      "the document root: \"extra\": { \"hythe\": { \"document-root\": \"DIR\" } } in composer.json."
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
