# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2016,SC2030,SC2031  # one script in several files: see bin/compile
# What the app itself takes part in: its assets, and a word about its start.

. "$bp_dir/lib/web.sh"

# rake, as Rails wants it where there is neither a secret nor a database yet.
run_rake() (
  cd "$build_dir" || exit
  export RAILS_GROUPS=${RAILS_GROUPS:-assets}
  if [[ -z ${SECRET_KEY_BASE:-} ]]; then export SECRET_KEY_BASE_DUMMY=1 SECRET_KEY_BASE=only-for-the-build; fi
  if [[ -z ${DATABASE_URL:-} ]]; then
    if has_gem pg; then
      export DATABASE_URL=postgresql://user:pass@127.0.0.1/none
    elif has_gem mysql2; then
      export DATABASE_URL=mysql2://user:pass@127.0.0.1/none
    fi
  fi
  bundle exec rake "$@" 2>&1
)

# has_asset_task: asking means loading the app, so ask only where no gem says it.
has_asset_task() {
  local gem tasks
  [[ -f $build_dir/Rakefile || -f $build_dir/rakefile ]] && has_gem rake || return 1
  for gem in sprockets-rails propshaft webpacker shakapacker; do
    ! has_gem "$gem" || return 0
  done
  tasks=$(run_rake -P) || {
    warn 'The Rakefile cannot be loaded, so no task of it is run:' "${tasks%%$'\n'*}"
    return 1
  }
  [[ $'\n'$tasks$'\n' == *$'\n'"rake assets:precompile"$'\n'* ]]
}

# What the last build has left: what speeds up the next, and files of earlier releases, which pages
# that visitors still have open ask for.
asset_directories=(tmp/cache/assets public/assets public/packs)

restore_assets() {
  local directory
  for directory in "${asset_directories[@]}"; do
    [[ -d $store/assets/$directory ]] || continue
    mkdir -p "$build_dir/$directory"
    cp -an --reflink=auto "$store/assets/$directory/." "$build_dir/$directory/"
  done
}

# clean_assets: rails keeps the last three versions of each, and all that are younger than an hour.
# Where there is nothing to clean them with, they would be kept for good.
clean_assets() {
  if has_gem sprockets-rails || has_gem propshaft; then
    info 'rake assets:clean'
    run_rake assets:clean >"$store/assets.log" && return
    warn 'rake assets:clean failed, so this build keeps no assets for the next:' "$(tail -n 1 "$store/assets.log")"
  fi
  asset_directories=(tmp/cache/assets)
}

keep_assets() {
  local directory limit=256  # MiB
  rm -rf "$store/assets"
  for directory in "${asset_directories[@]}"; do
    [[ -d $build_dir/$directory ]] || continue
    (($(du -sm "$build_dir/$directory" | cut -f 1) <= limit)) || continue
    mkdir -p "$(dirname "$store/assets/$directory")"
    cp -a --reflink=auto "$build_dir/$directory" "$store/assets/$directory"
  done
  rm -rf "$build_dir/tmp/cache/assets"
}

precompile_assets() {
  local code=0 output=$store/assets.log
  if compgen -G "$build_dir/public/assets/*manifest*.json" >/dev/null ||
    compgen -G "$build_dir/public/assets/.*manifest*.json" >/dev/null; then
    info 'public/assets has a manifest: its files are served as they are in the repository.'
    return
  fi
  has_asset_task || return 0
  title 'Preparing assets'
  info 'rake assets:precompile'
  restore_assets
  run_rake assets:precompile | tee "$output" | sed -u 's/^/       /' || code=$?
  if ((code != 0)); then
    ! grep -qE 'Could not find a JavaScript runtime|(yarn|node|npm): (command )?not found|No such file or directory - (yarn|node|npm)' "$output" ||
      warn 'It needs Node.js: compile assets before you push and commit public/assets, or have' \
        'the nodejs buildpack run first.'
    fail "rake assets:precompile failed with exit code $code (see above)" \
      'It runs as in production. If a variable is missing, set it (hythe env).'
  fi
  clean_assets
  rm -f "$output"
  keep_assets
}

hint_at_secret() {
  is_rails && [[ -z ${SECRET_KEY_BASE:-}${RAILS_MASTER_KEY:-} && ! -f $build_dir/config/master.key ]] || return 0
  warn 'Neither SECRET_KEY_BASE nor RAILS_MASTER_KEY is set: Rails does not start in production' \
    'without one of them. For example: hythe env APP set SECRET_KEY_BASE=$(openssl rand -hex 64)'
}
