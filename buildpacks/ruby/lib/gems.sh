# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034,SC2016  # one script in several files: see bin/compile
# What bundler does for the app.

# The environment of this build, of later buildpacks, and of the app.
write_environment() {
  local api
  api=$(ruby -e 'print RbConfig::CONFIG["ruby_version"]')
  bundle_dir=$build_dir/vendor/bundle
  export RAILS_ENV=${RAILS_ENV:-${RACK_ENV:-production}} RACK_ENV=${RACK_ENV:-production}
  export BUNDLE_WITHOUT=${BUNDLE_WITHOUT:-development:test}
  {
    ruby_environment "$ruby_home"
    printf 'export PATH=%q:"$PATH" BUNDLE_PATH=%q BUNDLE_WITHOUT=%q\n' "$bundle_dir/ruby/$api/bin" "$bundle_dir" "$BUNDLE_WITHOUT"
  } >"$bp_dir/export"
  eval "$(<"$bp_dir/export")"

  mkdir -p "$build_dir/.profile.d"
  {
    ruby_environment /app/.hythe/ruby
    printf 'export PATH="/app/vendor/bundle/ruby/%s/bin:$PATH"\n' "$api"
    # The programs of gems work without "bundle exec", too. The colon stands for Ruby's own gems.
    printf 'export GEM_PATH="/app/vendor/bundle/ruby/%s:${GEM_PATH:-}"\n' "$api"
    printf 'export BUNDLE_WITHOUT="${BUNDLE_WITHOUT:-%s}"\n' "$BUNDLE_WITHOUT"
    cat "$bp_dir/lib/profile.sh"
  } >"$build_dir/.profile.d/ruby.sh"
}

has_lock() { [[ -f $build_dir/Gemfile.lock ]]; }

prepare_bundler() {
  local config=$build_dir/.bundle/config
  # Bundler goes by this file before it goes by variables; what it says about mirrors and builds stays.
  if grep -qE '^BUNDLE_(PATH|WITHOUT|WITH|DEPLOYMENT|FROZEN|BIN|JOBS|DISABLE_SHARED_GEMS|PATH__SYSTEM|CACHE_PATH)\b' "$config" 2>/dev/null; then
    warn '.bundle/config is in the repository: what it says about directories and groups is ignored.'
    sed -i -E '/^BUNDLE_(PATH|WITHOUT|WITH|DEPLOYMENT|FROZEN|BIN|JOBS|DISABLE_SHARED_GEMS|PATH__SYSTEM|CACHE_PATH)\b/d' "$config"
  fi
  if [[ -d $bundle_dir ]]; then
    warn 'vendor/bundle is in the repository, and is not used: git rm -r --cached vendor/bundle.' \
      'To commit gems, run bundle cache: it puts them into vendor/cache.'
    rm -rf "$bundle_dir"
  fi
  export BUNDLE_USER_HOME=$store/bundler BUNDLE_DISABLE_VERSION_CHECK=1 BUNDLE_SILENCE_ROOT_WARNING=1
  export BUNDLE_RETRY=${BUNDLE_RETRY:-1} BUNDLE_TIMEOUT=${BUNDLE_TIMEOUT:-15}
  # Else bundler would download the release of itself that wrote the lockfile.
  BUNDLER_VERSION=$(ruby -e 'require "bundler"; print Bundler::VERSION')
  export BUNDLER_VERSION
  ! has_lock || export BUNDLE_DEPLOYMENT=1
}

bundle_key() { printf '%s %s %s' "${STACK:-}" "$ruby_version" "$(uname -m)"; }

install_gems() {
  local mode=() code=0 log=$store/bundle.log
  prepare_bundler
  has_lock || warn 'No Gemfile.lock: every build may install other versions.' \
    'Run bundle install, and commit the Gemfile.lock that it writes.'
  if compgen -G "$build_dir/vendor/cache/*" >/dev/null; then mode=(--local); fi
  if [[ -d $store/bundle && -f $store/bundle.key && $(<"$store/bundle.key") == "$(bundle_key)" ]]; then
    info 'Gems of the last build, from the cache'
    cp -a --reflink=auto "$store/bundle" "$bundle_dir" 2>/dev/null ||
      { mkdir -p "$build_dir/vendor" && cp -a --reflink=auto "$store/bundle" "$bundle_dir"; }
  fi
  info "bundle install${mode:+ ${mode[*]}} (bundler $BUNDLER_VERSION, without $BUNDLE_WITHOUT)"
  (cd "$build_dir" && bundle install "${mode[@]}") 2>&1 | tee "$log" | sed -u 's/^/       /' || code=$?
  ((code == 0)) || explain_bundle "$code" "$log"
  rm -f "$log"
  ! has_lock || (cd "$build_dir" && bundle clean) | sed 's/^/       /'
}

explain_bundle() {
  local code=$1 log=$2 host
  host=$(grep -oE 'https?://[^/ ]+' "$log" "$build_dir/Gemfile" -h | sed 1q) || true
  host=$(host_of "${host:-https://rubygems.org}")
  if grep -qE 'certificate verify failed|Could not verify the SSL certificate' "$log"; then
    fail "The certificate of $host is not trusted" "Set BUNDLE_SSL_CA_CERT to the file of the CA that signed it."
  elif grep -qE 'Could not reach host|Could not fetch specs|Network error|Failed to open TCP|SocketError|Errno::E(CONN|HOST|NET)|Net::(Open|Read)Timeout' "$log"; then
    fail "Could not reach $host" 'This build needs it to install the gems of the Gemfile.' '' \
      'If it is down, push again later. To use a mirror of rubygems.org, set BUNDLE_MIRROR__ALL' \
      'to its URL. To do without, commit the gems: run bundle cache, and commit vendor/cache.'
  elif grep -qE 'deployment mode|frozen|The dependencies in your gemfile changed' "$log" && ! grep -q 'only supports platforms' "$log"; then
    fail 'Gemfile and Gemfile.lock do not agree (see above)' \
      'Run bundle install, commit the Gemfile.lock that it writes, and push again.'
  elif grep -qE 'only supports platforms' "$log"; then
    fail 'Gemfile.lock was made for other systems (see above)' \
      'Run bundle lock --add-platform x86_64-linux, commit Gemfile.lock, and push again.'
  elif [[ -d $build_dir/vendor/cache ]] && grep -qE 'Could not find|Could not be found' "$log"; then
    fail 'vendor/cache lacks a gem (see above)' 'Gems are taken from there only, because it exists.' \
      'Run bundle cache, commit vendor/cache, and push again.'
  elif grep -q 'Failed to build gem native extension' "$log"; then
    fail 'A gem had to be compiled, which failed (see above)' \
      'The stack lacks what it needs: a compiler, make, or the -dev package of a library.'
  fi
  fail "bundle install failed with exit code $code (see above)"
}

host_of() {
  local host=${1#*://}
  printf '%s' "${host%%/*}"
}

# keep_gems: for the next build. The packages that gems came in are of no more use.
keep_gems() {
  local limit=1024  # MiB
  rm -rf "$store/bundle" "$store/bundle.key"
  [[ -d $bundle_dir ]] || return 0
  rm -rf "$bundle_dir"/ruby/*/cache
  rm -f "$build_dir"/vendor/cache/*.gem
  if (($(du -sm "$bundle_dir" | cut -f 1) <= limit)); then
    cp -a --reflink=auto "$bundle_dir" "$store/bundle"
    bundle_key >"$store/bundle.key"
  fi
  [[ -z $ruby_debs ]] || clean_debs
}
