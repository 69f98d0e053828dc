# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # $build_dir is the script's
# How the web process starts when no Procfile says so: by a server that is installed, if there is
# an application for it.

has_server() { [[ -x $build_dir/.hythe/python/bin/$1 ]]; }

default_web() {
  local file
  if [[ -f $build_dir/manage.py ]]; then
    django_web
    return
  fi
  for file in wsgi.py asgi.py app.py main.py server.py; do
    [[ ! -f $build_dir/$file ]] || ! application_web "$file" || return 0
  done
  for file in server.py app.py main.py; do
    [[ ! -f $build_dir/$file ]] || { echo "python $file" && return; }
  done
}

# The package of the settings that manage.py names is Django's project.
django_web() {
  local project text quote="[\"']"
  text=$(<"$build_dir/manage.py")
  [[ $text =~ DJANGO_SETTINGS_MODULE$quote,[[:space:]]*$quote([A-Za-z0-9_]+)\. ]] || return 0
  project=${BASH_REMATCH[1]}
  if [[ -f $build_dir/$project/wsgi.py ]] && has_server gunicorn; then
    echo "gunicorn $project.wsgi"
  elif [[ -f $build_dir/$project/asgi.py ]]; then
    asgi_web "$project.asgi:application"
  fi || true
}

# application_web FILE: the command for the application that FILE makes; fails if it makes none.
application_web() {
  local module=${1%.py} text name
  text=$(<"$build_dir/$1")
  if [[ $text =~ (^|$'\n')([A-Za-z_]+)[[:space:]]*(:[^=$'\n']*)?=[[:space:]]*([A-Za-z_]+\.)?(FastAPI|Starlette|Quart|Litestar)\( ]]; then
    asgi_web "$module:${BASH_REMATCH[2]}"
  elif [[ $text =~ (^|$'\n')([A-Za-z_]+)[[:space:]]*(:[^=$'\n']*)?=[[:space:]]*([A-Za-z_]+\.)?(Flask|Bottle)\( ]]; then
    name=${BASH_REMATCH[2]}
    has_server gunicorn && echo "gunicorn $module:$name"
  elif [[ $text =~ (^|$'\n')def\ create_app\( && $text =~ (^|$'\n')(from|import)\ flask ]]; then
    has_server gunicorn && echo "gunicorn '$module:create_app()'"
  elif [[ $module == wsgi && $text =~ (^|$'\n')(from\ .*\ import\ .*|def\ )?(application|app)([^A-Za-z0-9_]|$) ]]; then
    has_server gunicorn && echo "gunicorn wsgi:${BASH_REMATCH[3]}"
  elif [[ $module == asgi && $text =~ (^|$'\n')(from\ .*\ import\ .*|(async\ )?def\ )?(application|app)([^A-Za-z0-9_]|$) ]]; then
    asgi_web "asgi:${BASH_REMATCH[4]}"
  else
    return 1
  fi
}

asgi_web() {
  if has_server uvicorn; then
    echo "uvicorn $1 --host 0.0.0.0 --port \$PORT"
  elif has_server hypercorn; then
    echo "hypercorn $1 --bind 0.0.0.0:\$PORT"
  elif has_server daphne; then
    echo "daphne -b 0.0.0.0 -p \$PORT $1"
  else
    return 1
  fi
}
