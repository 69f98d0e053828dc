# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # one script in several files: see bin/compile
# What the app itself takes part in: its hooks, Django's static files, a word about its start.

. "$bp_dir/lib/web.sh"

# run_hook NAME: bin/NAME of the app, if there is one.
run_hook() {
  local hook=$build_dir/bin/$1 code=0
  [[ -f $hook ]] || return 0
  title "Running bin/$1"
  chmod +x "$hook"
  (cd "$build_dir" && "$hook") || code=$?
  ((code == 0)) || fail "bin/$1 failed with exit code $code (see above)"
}

is_installed() { [[ -d $site_packages/$1 ]]; }

# collect_static: Django's static files. An app without STATIC_ROOT wants none of it.
collect_static() {
  local manage output code=0
  for manage in "$build_dir"/manage.py "$build_dir"/*/manage.py; do
    [[ ! -f $manage ]] || break
  done
  [[ -f $manage ]] && is_installed django || return 0
  title 'Collecting static files'
  if [[ -n ${DISABLE_COLLECTSTATIC:-} && $DISABLE_COLLECTSTATIC != 0 ]]; then
    info 'Not done: DISABLE_COLLECTSTATIC is set.'
    return
  fi
  info "python ${manage#"$build_dir/"} collectstatic --noinput"
  output=$(cd "$(dirname "$manage")" && "$venv/bin/python" "${manage##*/}" collectstatic --noinput --traceback 2>&1) || code=$?
  if ((code == 0)); then
    info "$(tail -n 1 <<<"$output")"
  elif [[ $output == *"Unknown command: 'collectstatic'"* ]]; then
    info 'Nothing to do: django.contrib.staticfiles is not installed.'
  elif [[ $output == *'without having set the STATIC_ROOT setting'* ]]; then
    info 'Nothing done: the settings have no STATIC_ROOT.'
  else
    printf '%s\n' "$output"
    fail "collectstatic failed with exit code $code (see above)" \
      'The app starts with the same settings. If a variable is missing, set it (hythe env).' \
      'To do without static files, set DISABLE_COLLECTSTATIC=1.'
  fi
}

hint_at_web() {
  local tool directory
  for directory in .venv venv env; do
    [[ ! -f $build_dir/$directory/pyvenv.cfg ]] ||
      warn "$directory is a virtual environment in the repository, and is not used: git rm -r --cached $directory," \
        'and add it to .gitignore.'
  done
  [[ ! -f $build_dir/nltk.txt ]] ||
    warn 'nltk.txt is not read here. For the same, write into bin/post_compile, and make it executable:' \
      "python -m nltk.downloader -d nltk_data $(tr -s '[:space:]' ' ' <"$build_dir/nltk.txt")(and NLTK_DATA=/app/nltk_data)"
  if [[ -f $build_dir/Procfile ]]; then
    tool=$(grep -oE '\b(uv|poetry|pipenv|pdm|hatch)[[:space:]]+run\b' "$build_dir/Procfile" | sed 1q) || return 0
    warn "The Procfile says '$tool', and ${tool%% *} is not there at run time: the environment is" \
      "active already. Write the command without it."
  elif [[ -f $build_dir/manage.py ]] && is_installed django && [[ -z $(default_web) ]]; then
    warn 'A Django app without gunicorn: nothing says how to start it.' \
      "Add gunicorn to ${manifest:-requirements.txt}, or write a Procfile."
  elif is_installed flask && [[ $(default_web) == 'python '* ]]; then
    warn "A Flask app without gunicorn: $(default_web) starts Flask's development server, if it" \
      "starts one. Add gunicorn to $manifest, or write a Procfile."
  fi
}
