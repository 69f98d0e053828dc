# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in several files: see bin/compile
# The app's dependencies, by composer, which is the app's composer.phar or a Debian package.

is_vendored() { [[ -f $build_dir/$vendor_dir/autoload.php ]]; }
needs_composer() {
  [[ $has_compile_script == true ]] || { [[ $has_dependencies == true || $has_autoload == true ]] && ! is_vendored; }
}

# provide_composer: a program "composer" for this build; the image does not get it.
provide_composer() {
  local tree=$store/composer program=/usr/bin/composer directory=$bp_dir/composer from='the stack' intl=''
  export COMPOSER_HOME=$store/composer-home COMPOSER_CACHE_DIR=$store/composer-cache
  export COMPOSER_NO_INTERACTION=1 COMPOSER_MEMORY_LIMIT=${COMPOSER_MEMORY_LIMIT:--1}
  mkdir -p "$directory" "$COMPOSER_HOME"
  echo '{}' >"$COMPOSER_HOME/config.json"
  if [[ -f $build_dir/composer.phar ]]; then
    program=$build_dir/composer.phar from='the app'
  else
    if ! is_on_stack composer; then
      install_debs composer "$tree" composer
      program=$tree/usr/bin/composer from='a Debian package'
      # What the stack has of its libraries would be looked for beside the others.
      [[ ! -d /usr/share/php ]] || cp -an /usr/share/php/. "$tree/usr/share/php/"
    fi
    intl=$(intl_of_composer "$tree")
    # It is not the app's: composer is not to think so.
    [[ -z $intl ]] || echo '{ "config": { "platform": { "ext-intl": false } } }' >"$COMPOSER_HOME/config.json"
  fi
  {
    echo '#!/bin/bash'
    [[ $from != 'a Debian package' ]] || debs_environment "$tree" | grep LD_LIBRARY_PATH
    # It shows its errors by itself.
    printf 'exec %q -d log_errors=0 %s%q "$@"\n' "$php_home/bin/php" "${intl:+-d extension=$intl }" "$program"
  } >"$directory/composer"
  chmod +x "$directory/composer"
  PATH=$directory:$PATH
  info "$(cd "$build_dir" && composer --version --no-ansi 2>/dev/null | head -n 1 | cut -d ' ' -f 1-3), from $from"
}

# intl_of_composer TREE: Debian's composer needs the extension intl, which the app may not have.
intl_of_composer() {
  local directory file
  ! grep -q /intl.so "$php_home/etc/conf.d/extensions.ini" || return 0
  directory=$("$php_home/bin/php" -n -r 'echo PHP_EXTENSION_DIR;')
  for file in "$1$directory/intl.so" "$directory/intl.so"; do
    [[ ! -e $file ]] || { echo "$file" && return; }
  done
}

install_dependencies() {
  local code=0 log=$store/composer.log
  if is_vendored; then
    info "$vendor_dir/ is in the repository: it is used as it is"
    return
  fi
  [[ $has_dependencies == true || $has_autoload == true ]] || return 0
  [[ -f $build_dir/composer.lock || $has_dependencies == false ]] ||
    warn 'No composer.lock: every build may install other versions.' \
      'Run composer update, and commit the composer.lock that it writes.'
  run_composer install --no-dev --prefer-dist --optimize-autoloader --no-interaction --no-progress 2>&1 | tee "$log" || code=$?
  ((code == 0)) || explain_install "$code" "$log"
  rm -f "$log"
}

run_composer() {
  info "composer $*"
  (cd "$build_dir" && composer --no-ansi "$@")
}

explain_install() {
  local code=$1 log=$2 host
  host=$(grep -iE 'could not resolve|curl error|failed to open stream|timed out|connection refused' "$log" |
    grep -oE 'https?://[^/ "]+|host: [^ )]+' | head -n 1 || true)
  if [[ -n $host ]]; then
    warn "Could not reach ${host##*[/ ]}. This build needs it to install the dependencies of composer.json." \
      'If it is down, push again later. To use a mirror, add it to "repositories" in composer.json;' \
      "to do without, commit $vendor_dir/ (composer install --no-dev, git add --force $vendor_dir)."
  elif grep -q 'is not present in the lock file' "$log"; then
    warn 'composer.lock and composer.json do not agree.' \
      'Run composer update, commit the composer.lock that it writes, and push again.'
  elif grep -qE 'ext-[a-z0-9_-]+ .*missing from your system' "$log"; then
    warn "A dependency needs an extension that neither this stack nor its package archive has as $php-NAME."
  elif grep -qE 'your php version|your PHP version' "$log"; then
    warn "A dependency needs another PHP than $php_version. Run composer update with config.platform.php" \
      "set to $php_version, commit the composer.lock that it writes, and push again."
  fi
  rm -f "$log"
  exit "$code"
}

# The app's own steps: Heroku's script "compile", and a list of commands.
run_compile_steps() {
  local command code=0
  if [[ $has_compile_script == true ]]; then
    title 'Building'
    run_composer run-script compile --no-dev || code=$?
    ((code == 0)) || { warn "The script 'compile' of composer.json failed with exit code $code" && exit "$code"; }
  fi
  ((${#compile_commands[@]} == 0)) || title "Running $settings.compile"
  for command in "${compile_commands[@]}"; do
    info "$command"
    (cd "$build_dir" && bash -c "$command") || code=$?
    ((code == 0)) || { warn "'$command', from $settings.compile, failed with exit code $code" && exit "$code"; }
  done
}
