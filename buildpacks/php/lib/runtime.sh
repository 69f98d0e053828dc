# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in several files: see bin/compile
# Which PHP, which extensions, and their way into $BUILD_DIR/.hythe/php. What the stack has is
# used where it is; what it lacks is unpacked below $php_home, at the same path.

# satisfying CONSTRAINT: the newest version of those on stdin, one a line; nothing if none.
satisfying() {
  jq -rRn -L "$bp_dir/lib" --arg constraint "$1" '
    include "constraint"; ($constraint | constraint) as $constraint
    | [inputs | select(. != "") | to_numbers | select(satisfies($constraint))] | max // empty | map(tostring) | join(".")'
}

# The versions whose php8.2-cli the stack has, and those that the package archive has; both
# programs fail when there is none.
versions_of_stack() {
  { dpkg-query -W -f '${Package} ${Version} ${db:Status-Status}\n' 'php[0-9].[0-9]*-cli' 2>/dev/null || true; } |
    sed -nE 's/^php[0-9.]+-cli ([0-9]+:)?([0-9]+\.[0-9]+\.[0-9]+).* installed$/\2/p'
}
versions_of_archive() {
  # apt-get needs a second to read its lists, which change once a day.
  [[ $store/versions -nt $cache_dir/debs/updated ]] || archived_versions >"$store/versions"
  cat "$store/versions"
}
archived_versions() {
  { apt_private -y --no-install-recommends --simulate install '^php[0-9]+\.[0-9]+-cli$' 2>/dev/null || true; } |
    sed -nE 's/^Inst php[0-9.]+-cli (\[[^]]*\] )?\(([0-9]+:)?([0-9]+\.[0-9]+\.[0-9]+).*/\3/p'
}

# choose_php: sets $php_version and $php, "php8.2", which the packages' names begin with.
choose_php() {
  local have
  satisfying "$wanted_php" </dev/null 2>/dev/null ||
    fail "$wanted_source asks for PHP '$wanted_php', which is not a version constraint" 'Write for example ^8.2 or 8.2.*.'
  has_debs || fail 'This stack has no apt-get to install PHP with' \
    'Use a stack that is made of Debian packages (hythe stack list).'
  have=$(versions_of_stack)
  php_version=$(satisfying "$wanted_php" <<<"$have")
  if [[ -z $php_version ]]; then
    update_debs PHP
    have+=$'\n'$(versions_of_archive)
    php_version=$(satisfying "$wanted_php" <<<"$have")
  fi
  [[ -n $php_version ]] || fail "No PHP ${wanted_php:-at all} on this stack, which ${wanted_source:-a PHP app} asks for" \
    "It has, with its package archive, PHP $(sed '/^$/d' <<<"$have" | sort -V | paste -sd ' ' | sed 's/^$/nothing/; s/ /, /g')." \
    'Ask for one of these in composer.json (require.php, then composer update), or use a stack' \
    'that has the other (hythe stack list).'
  php=php${php_version%.*}
  info "PHP $php_version${wanted_source:+ ($wanted_source: $wanted_php)}"
}

# package_of EXTENSION: the Debian package that has it, without the "php8.2-".
package_of() {
  case $1 in
    dom | simplexml | xml | xmlreader | xmlwriter | xsl) echo xml ;;
    mysqli | mysqlnd | pdo_mysql) echo mysql ;;
    pgsql | pdo_pgsql) echo pgsql ;;
    sqlite3 | pdo_sqlite) echo sqlite3 ;;
    odbc | pdo_odbc) echo odbc ;;
    pdo_firebird) echo interbase ;;
    pdo_dblib) echo sybase ;;
    zend-opcache) echo opcache ;;
    *) echo "${1//_/-}" ;;
  esac
}

# Compiled in, or in php8.2-common, which every app has.
is_always_there() {
  case $1 in
    core | ctype | date | exif | ffi | fileinfo | filter | ftp | gettext | hash | iconv | json | libxml | calendar) ;;
    openssl | pcntl | pcre | pdo | phar | posix | random | reflection | session | shmop | sockets | sodium | spl) ;;
    standard | sysvmsg | sysvsem | sysvshm | tokenizer | zlib) ;;
    *) return 1 ;;
  esac
}

is_on_stack() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }
is_in_archive() { apt_private -y --no-install-recommends --simulate install "$1" >/dev/null 2>&1; }

# choose_packages: sets $packages.
choose_packages() {
  local extension package
  packages=("$php-cli" "$php-fpm" "$php-opcache" "$php-readline" "$php-mbstring" "$php-xml" "$php-curl" "$php-zip")
  [[ -x /usr/sbin/nginx ]] || packages+=(nginx-light)
  for extension in "${extensions[@]}" "${lock_extensions[@]}"; do
    package=$php-$(package_of "$extension")
    if is_always_there "$extension" || [[ " ${packages[*]} " == *" $package "* ]]; then continue; fi
    if ! is_on_stack "$package"; then
      update_debs "PHP's extension $extension"
      if ! is_in_archive "$package"; then
        [[ " ${extensions[*]} " == *" $extension "* ]] || continue
        fail "composer.json requires ext-$extension, and there is no package $package for it" \
          "Neither the stack nor its package archive has it. Remove ext-$extension from require, or" \
          "use a stack that has it (hythe stack list)."
      fi
    fi
    packages+=("$package")
  done
}

# install_php: unpacks in the cache what the stack lacks, and links it into the app.
install_php() {
  local tree=$store/packages package missing=() before
  for package in "${packages[@]}"; do
    is_on_stack "$package" || missing+=("$package")
  done
  rm -rf "$php_home"
  mkdir -p "$php_home"
  if ((${#missing[@]} > 0)); then
    before=$(cat "$tree/.debs" 2>/dev/null || true)
    install_debs "PHP ${php_version%.*}" "$tree" "${packages[@]}"
    [[ $(<"$tree/.debs") == "$before" ]] || clean_debs
    rm -rf "$tree"/usr/share/{bug,doc,lintian,locale,man}
    # The app's files are those of the cache, where links can be: nobody may write to them.
    find "$tree" -type f -perm /222 -exec chmod a-w {} +
    cp -al "$tree/." "$php_home" 2>/dev/null || cp -a --reflink=auto "$tree/." "$php_home"
    info "From Debian packages: ${missing[*]}$([[ $(<"$tree/.debs") != "$before" ]] || echo ', from the cache')"
  else
    rm -rf "$tree"
    info 'From the stack'
  fi
  mkdir -p "$php_home/bin" "$php_home/etc/conf.d"
  put_in_place php "/usr/bin/$php"
  put_in_place php-fpm "/usr/sbin/php-fpm${php#php}"
  put_in_place nginx /usr/sbin/nginx
}

# put_in_place NAME FILE: $php_home/bin/NAME, which is FILE of the app or else of the stack.
put_in_place() {
  if [[ -e $php_home$2 ]]; then ln -sf "..$2" "$php_home/bin/$1"; else ln -sf "$2" "$php_home/bin/$1"; fi
}

# php_environment DIR: the lines that make PHP usable where $php_home is DIR.
php_environment() {
  debs_environment "$1"
  # An app may have its own directory of settings.
  # shellcheck disable=SC2016  # for whoever sources it
  printf 'export PHP_HOME="%s" PHPRC="%s/etc" PHP_INI_SCAN_DIR="%s/etc/conf.d${PHP_INI_SCAN_DIR:+:$PHP_INI_SCAN_DIR}"\n' "$1" "$1" "$1"
  # shellcheck disable=SC2016
  printf 'export PATH="%s/bin:$PATH"\n' "$1"
}

write_environment() {
  mkdir -p "$build_dir/.profile.d"
  php_environment /app/.hythe/php >"$build_dir/.profile.d/50-php.sh"
  php_environment "$php_home" >"$bp_dir/export"
  # shellcheck source=/dev/null  # it is made here
  . "$bp_dir/export"
}

# Debian says in /usr/share/php8.2-NAME/ how an extension is loaded: in which order, and that
# opcache is another kind. Those of the app's packages are loaded, and nothing else that a
# stack may have.
write_settings() {
  local directory package
  install -m 644 "$bp_dir/lib/php.ini" "$php_home/etc/php.ini"
  directory=$("$php_home/bin/php" -n -r 'echo PHP_EXTENSION_DIR;')
  for package in "$php_home"/usr/share/"$php"-*/ $(packages_on_stack "$php-common" "${packages[@]}"); do
    loading_of "$package" "$directory"
  done | sort -u | sort -s -n -k 1,1 | cut -d ' ' -f 2- >"$php_home/etc/conf.d/extensions.ini"
  write_own_settings
}

# php-config and php-includes of composer.json. PHP reads them in the order of their names.
write_own_settings() {
  local file number=100
  ((${#php_config[@]} == 0)) || printf '%s\n' "${php_config[@]}" >"$php_home/etc/conf.d/own-000.ini"
  for file in "${php_includes[@]}"; do
    plain "$settings.php-includes" "$file"
    [[ -f $build_dir/$file ]] || fail "$settings.php-includes: '$file' is not a file of the app"
    cp "$build_dir/$file" "$php_home/etc/conf.d/own-$number.ini"
    number=$((number + 1))
  done
}

# packages_on_stack PACKAGE...: /usr/share/NAME of each that the stack has, and of what those need.
packages_on_stack() {
  local package depends
  for package; do
    is_on_stack "$package" || continue
    echo "/usr/share/$package/"
    depends=$(dpkg-query -W -f '${Depends}' "$package" | grep -oE "$php-[a-z0-9-]+" | grep -vxF -e "$package" -e "$php-common" || true)
    # shellcheck disable=SC2086  # names without blanks
    [[ -z $depends ]] || packages_on_stack $depends
  done
}

# loading_of SHARE DIRECTORY: "PRIORITY extension=FILE" for each extension of a package.
loading_of() {
  local file line priority where
  for file in "$1"*/*.ini; do
    [[ -f $file ]] || continue
    priority=$(sed -nE 's/^; priority=([0-9]+).*/\1/p' "$file")
    while IFS= read -r line; do
      where=''
      # shellcheck disable=SC2016  # PHP reads this, at build and at run time
      [[ ! -e $php_home$2/${line#*=} ]] || where='${PHP_HOME}'
      printf '%s %s=%s%s/%s\n' "${priority:-20}" "${line%%=*}" "$where" "$2" "${line#*=}"
    done < <(sed -nE 's/^(zend_extension|extension)[[:space:]]*=[[:space:]]*"?([A-Za-z0-9_.-]+)"?.*/\1=\2/p' "$file")
  done
}
