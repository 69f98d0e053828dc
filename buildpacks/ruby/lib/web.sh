# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2016  # $build_dir is the script's
# How the web process starts when no Procfile says so.

# has_gem NAME: whether Gemfile.lock has it.
has_gem() { grep -qE "^    $1 \(" "$build_dir/Gemfile.lock" 2>/dev/null; }

is_rails() { has_gem railties; }

default_web() {
  local file
  if is_rails && [[ -f $build_dir/bin/rails ]]; then
    echo 'bin/rails server -b 0.0.0.0 -p $PORT -e $RAILS_ENV'
  elif is_rails; then
    echo 'bundle exec rails server -b 0.0.0.0 -p $PORT -e $RAILS_ENV'
  elif [[ -f $build_dir/config.ru ]]; then
    if has_gem puma; then
      echo 'bundle exec puma -p $PORT'
    elif has_gem unicorn; then
      echo 'bundle exec unicorn -p $PORT'
    elif has_gem falcon; then
      echo 'bundle exec falcon serve --bind http://0.0.0.0:$PORT'
    else
      echo 'bundle exec rackup -o 0.0.0.0 -p $PORT'
    fi
  else
    for file in server.rb app.rb main.rb; do
      [[ ! -f $build_dir/$file ]] || { echo "bundle exec ruby $file" && return; }
    done
  fi
}
