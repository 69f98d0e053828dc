# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034,SC2016  # one script in several files: see bin/compile
# The virtual environment of the app: made, kept for the next build, moved to /app.

# make_venv: without pip, which is not always there and would take seconds; see add_pip.
make_venv() {
  local errors
  errors=$("$base_python" -I -m venv --without-pip "$venv" 2>&1) ||
    fail "$base_python cannot make a virtual environment" "${errors##*$'\n'}"
  rm -f "$venv"/bin/[Aa]ctivate.{ps1,csh,fish} "$venv/bin/Activate.ps1"
  if [[ -n $runtime ]]; then
    ln -sfn "../runtime/$runtime_program" "$venv/bin/python3"
  fi
  site_packages=$(echo "$venv"/lib/python3*/site-packages)
}

# add_pip: the pip that belongs to this Python. A wheel is an archive of what is installed.
add_pip() {
  local wheel
  wheel=$(find_pip) || {
    info 'The stack has no pip, so from Debian:'
    install_debs pip "$store/pip-deb" python3-pip-whl
    wheel=$(find_pip) || fail 'This stack has no pip' 'Install python3-venv on the stack, or use a stack that has it.'
  }
  "$venv/bin/python" -I -m zipfile -e "$wheel" "$site_packages"
  printf '#!%s/bin/python\nimport sys\nfrom pip._internal.cli.main import main\nsys.exit(main())\n' "$venv" >"$venv/bin/pip"
  chmod +x "$venv/bin/pip"
  ln -s pip "$venv/bin/pip3"
  info "${wheel##*/}" | sed 's/pip-\([0-9.]*\)-.*/pip \1/'
}

find_pip() {
  local library wheel
  library=$("$venv/bin/python" -I -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')
  for wheel in "$library"/ensurepip/_bundled/pip-*.whl "$venv/runtime/usr"/share/python-wheels/pip-*.whl \
    /usr/share/python-wheels/pip-*.whl "$store/pip-deb"/usr/share/python-wheels/pip-*.whl; do
    [[ ! -f $wheel ]] || { printf '%s' "$wheel" && return; }
  done
  return 1
}

# restore_venv SIGNATURE: the environment of an earlier build, if it was made of the same.
restore_venv() {
  local signature built
  [[ -f $store/venv.tar && -f $store/venv.signature ]] || return 1
  { read -r signature && read -r built; } <"$store/venv.signature" || return 1
  [[ $signature == "$1" ]] || return 1
  mkdir -p "$venv"
  tar -xf "$store/venv.tar" -C "$venv" --no-same-owner || {
    rm -rf "$venv" "$store/venv.tar"
    place_runtime
    return 1
  }
  site_packages=$(echo "$venv"/lib/python3*/site-packages)
  relocate "$built" "$build_dir"
}

keep_venv() {
  local limit=1024  # MiB
  rm -f "$store"/venv.{tar,signature}
  (($(du -sm --exclude=runtime "$venv" | cut -f 1) <= limit)) || return 0
  tar -cf "$store/venv.tar" -C "$venv" --exclude=./runtime .
  printf '%s\n%s\n' "$1" "$build_dir" >"$store/venv.signature"
}

# relocate FROM TO: in all that names the directory of the app: what starts with #!, pyvenv.cfg,
# and what "pip install --editable" leaves.
relocate() {
  local from=$1 to=$2 site
  [[ $from != "$to" ]] || return 0
  site=$(echo "$venv"/lib/python3*/site-packages)
  {
    find "$venv/bin" "$venv/pyvenv.cfg" -type f -print0
    find "$site" -maxdepth 1 \( -name '*.pth' -o -name '*.egg-link' -o -name '__editable__*.py' \) -print0
    find "$site" -maxdepth 2 -path '*.dist-info/direct_url.json' -print0
  } | { xargs -0 grep -lIZF -e "$from" -- || true; } | xargs -0r sed -i -E "s,$from([/\"']|\$),$to\1,g"
}

# prune_venv: headers were there for packages to be compiled with, and pip has been used enough.
prune_venv() {
  [[ -z $runtime ]] || rm -rf "$venv"/runtime/include "$venv"/runtime/usr/{include,share/{doc,man,lintian}}
  [[ ! -d $site_packages/pip ]] || find "$site_packages/pip" -name __pycache__ -prune -exec rm -rf {} +
}

# clean_store: what this build has not used goes.
clean_store() {
  local limit=512 tree  # MiB
  for tree in "$store"/python-[0-9]*/; do
    [[ ${tree%/} == "$runtime" ]] || rm -rf "$tree"
  done
  [[ ! -d $store/pip ]] || (($(du -sm "$store/pip" | cut -f 1) <= limit)) || {
    info "Emptying pip's cache: it has grown beyond $limit MiB"
    rm -rf "$store/pip"
  }
  [[ ! -d $cache_dir/debs ]] || clean_debs
}

# The environment of this build, of later buildpacks, and of the app.
write_environment() {
  export PATH="$venv/bin:$PATH" VIRTUAL_ENV=$venv PYTHONUNBUFFERED=1
  mkdir -p "$build_dir/.profile.d"
  : >"$build_dir/.profile.d/python.sh"
  : >"$bp_dir/export"
  if [[ -n $runtime && $runtime == "$store/debian" ]]; then
    debs_environment /app/.hythe/python/runtime >"$build_dir/.profile.d/python.sh"
    debs_environment "$venv/runtime" >"$bp_dir/export"
  fi
  printf 'export PATH=%q:"$PATH" VIRTUAL_ENV=%q PYTHONUNBUFFERED=1\n' "$venv/bin" "$venv" >>"$bp_dir/export"
  cat "$bp_dir/lib/profile.sh" >>"$build_dir/.profile.d/python.sh"
  # What has been moved to /app is found there by the buildpacks after this one.
  if [[ $HOME == /app && -w /app && ! -e /app/.hythe/python ]]; then
    mkdir -p /app/.hythe
    ln -sfn "$venv" /app/.hythe/python
  fi
}
