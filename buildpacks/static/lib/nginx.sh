# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in several files: see bin/compile
# The nginx that serves the site: the stack's, or that of Debian packages in $static_dir.

# provide_nginx: makes $static_dir/bin/nginx; sets $nginx_from, for messages.
provide_nginx() {
  local packages=$cache_dir/static/packages before
  rm -rf "$static_dir"
  mkdir -p "$static_dir/bin"
  if [[ -x /usr/sbin/nginx ]]; then
    nginx_from='the stack'
    rm -rf "$packages"
    ln -s /usr/sbin/nginx "$static_dir/bin/nginx"
    return
  fi
  nginx_from='Debian packages'
  before=$(cat "$packages/.debs" 2>/dev/null || true)
  install_debs nginx "$packages" nginx-light
  if [[ $(<"$packages/.debs") == "$before" ]]; then nginx_from='the cache'; else clean_debs; fi
  rm -rf "${packages:?}"/usr/share "${packages:?}"/{etc,lib/systemd,var}
  # The app's files are those of the cache, where links can be: nobody may write to them.
  find "$packages" -type f -perm /222 -exec chmod a-w {} +
  cp -al "$packages/." "$static_dir" 2>/dev/null || cp -a --reflink=auto "$packages/." "$static_dir"
  rm -f "$static_dir/.debs"
  ln -s ../usr/sbin/nginx "$static_dir/bin/nginx"
  debs_environment /app/.hythe/static >"$static_dir/environment"
}

run_nginx() {
  (
    # shellcheck source=/dev/null
    [[ $nginx_from == 'the stack' ]] || . <(debs_environment "$static_dir")
    "$static_dir/bin/nginx" "$@"
  )
}

# nginx's own opinion, asked now: a push that cannot serve should fail here.
check_configuration() {
  local trial errors
  trial=$(mktemp -d)
  errors=$("$static_dir/bin/fill-static" "$build_dir" "unix:$trial/socket" "$trial" 2>&1) || {
    rm -rf "$trial"
    fail "The site could not start: ${errors#static: }" 'Variables are set by hythe env APP set NAME=VALUE.'
  }
  if ! errors=$(run_nginx -t -q -e stderr -p "$trial" -c "$trial/nginx.conf" 2>&1); then
    rm -rf "$trial"
    fail 'nginx does not accept the configuration made from static.json:' "${errors//$trial\//}"
  fi
  rm -rf "$trial"
}
