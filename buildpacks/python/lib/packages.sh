# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in several files: see bin/compile
# Which packages, and their installation.

has_table() { grep -qE "^\[$1\][[:space:]]*(#.*)?\$" "$build_dir/pyproject.toml" 2>/dev/null; }

# choose_manifest: sets $manifest, the file that says which packages; '' if none does.
choose_manifest() {
  local file locks=()
  for file in "$build_dir"/{,.}{venv,env}/pyvenv.cfg; do
    [[ ! -f $file ]] || warn "$(basename "$(dirname "$file")") is in the repository, and is not used: git rm -r --cached it."
  done
  for file in Pipfile.lock poetry.lock uv.lock; do
    [[ ! -f $build_dir/$file ]] || locks+=("$file")
  done
  if [[ -f $build_dir/requirements.txt ]]; then
    manifest=requirements.txt
    ((${#locks[@]} == 0)) || warn "requirements.txt is used, and not ${locks[*]}: remove what you do not use."
  elif ((${#locks[@]} > 1)); then
    fail "Two lock files: ${locks[*]}" 'They can disagree, and only one package manager can be right.' \
      'Remove the one that you do not use (git rm), and push again.'
  elif ((${#locks[@]} == 1)); then
    manifest=${locks[0]}
    [[ $manifest == Pipfile.lock || -f $build_dir/pyproject.toml ]] ||
      fail "$manifest without pyproject.toml" "It locks what a pyproject.toml asks for. Commit both."
  elif [[ -f $build_dir/Pipfile ]]; then
    fail 'Pipfile without Pipfile.lock' 'Run pipenv lock, commit the Pipfile.lock that it writes, and push again.'
  elif has_table 'tool\.poetry\.dependencies' && ! has_table project; then
    fail "pyproject.toml is Poetry's, and there is no poetry.lock" \
      'Run poetry lock, commit the poetry.lock that it writes, and push again.'
  elif has_table build-system || has_table project; then
    manifest=pyproject.toml
  elif [[ -f $build_dir/setup.py ]]; then
    manifest=setup.py
  else
    manifest=''
  fi
}

install_packages() {
  local signature plan
  if [[ -z $manifest ]]; then
    info 'None: there is no requirements.txt, lock file, pyproject.toml or setup.py that asks for any.'
    make_venv
    return
  fi
  prepare_pip
  signature=$(sign)
  plan=$(mktemp -d)
  if restore_venv "$signature"; then
    info "From the cache: $manifest has not changed"
    make_plan
  else
    make_venv
    add_pip
    make_plan
    install_plan
    if can_keep; then keep_venv "$signature"; fi
  fi
  [[ ! -s $plan/local ]] || pip_install --no-deps --requirement "$plan/local"
  rm -rf "$plan"
}

# make_plan: what is to be installed, one file in $plan each: wanted (pip finds the rest), pinned
# (by version and sums), remote (repositories and addresses), local (the app's own directories,
# new each time).
make_plan() {
  case $manifest in
    requirements.txt) ;;
    setup.py) echo '--editable .' >"$plan/wanted" ;;
    *)
      "$venv/bin/python" "$bp_dir/lib/locked.py" "$build_dir" "$manifest" "$plan" ||
        fail "$manifest cannot be used (see above)" ;;
  esac
}

install_plan() {
  case $manifest in
    requirements.txt) pip_install --requirement requirements.txt ;;
    *)
      [[ ! -s $plan/wanted ]] || pip_install --requirement "$plan/wanted"
      [[ ! -s $plan/pinned ]] || pip_install --no-deps --require-hashes --requirement "$plan/pinned"
      [[ ! -s $plan/remote ]] || pip_install --no-deps --requirement "$plan/remote" ;;
  esac
}

prepare_pip() {
  local mirror=${UV_DEFAULT_INDEX:-${UV_INDEX_URL:-${PIPENV_PYPI_MIRROR:-}}}
  export PIP_CACHE_DIR=$store/pip PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_PROGRESS_BAR=off
  # An index that does not answer should not take ten minutes.
  export PIP_RETRIES=${PIP_RETRIES:-2} PIP_DEFAULT_TIMEOUT=${PIP_DEFAULT_TIMEOUT:-15}
  [[ -z $mirror ]] || export PIP_INDEX_URL=${PIP_INDEX_URL:-$mirror}
  if [[ -d $build_dir/vendor/wheels ]]; then
    export PIP_NO_INDEX=${PIP_NO_INDEX:-1}
    export PIP_FIND_LINKS="$build_dir/vendor/wheels${PIP_FIND_LINKS:+ $PIP_FIND_LINKS}"
    # What Debian has for building packages from source.
    [[ ! -d /usr/share/python-wheels ]] || PIP_FIND_LINKS+=' /usr/share/python-wheels'
  fi
}

# pip_install OPTION...: pip's own words, except where explain_pip has better ones.
pip_install() {
  local code=0 log=$store/pip.log
  info "pip install ${*//"$plan/"/}"
  rm -f "$log"  # pip appends
  (cd "$build_dir" && "$venv/bin/pip" install --log "$log" "$@") 2>&1 | sed -u -E \
    -e '/\(from versions: none\)$/d; /^ERROR: No matching distribution found/d' \
    -e 's/^WARNING: Retrying \(Retry\(total=([0-9]+).*/ !     No answer from the package index. Attempts left: \1/; t' \
    -e 's/^/       /' || code=$?
  ((code == 0)) || explain_pip "$code" "$log"
  rm -f "$log"
}

explain_pip() {
  local code=$1 log=$2 package vendor host
  package=$(sed -nE 's/.*ERROR: Could not find a version that satisfies the requirement (.*) \(from versions: none\)$/\1/p' "$log" | sed 1q)
  package=${package%% (from*}
  host=$(host_of "$(index_url)")
  case $manifest in
    uv.lock) vendor='uv export --no-dev -o wheels.txt && pip download --no-deps --dest vendor/wheels -r wheels.txt' ;;
    poetry.lock) vendor='poetry export -o wheels.txt && pip download --no-deps --dest vendor/wheels -r wheels.txt' ;;
    Pipfile.lock) vendor='pipenv requirements >wheels.txt && pip download --dest vendor/wheels -r wheels.txt' ;;
    requirements.txt) vendor='pip download --dest vendor/wheels -r requirements.txt' ;;
    *) vendor='pip download --dest vendor/wheels .' ;;
  esac
  if grep -qE 'CERTIFICATE_VERIFY_FAILED' "$log"; then
    fail "The certificate of $host is not trusted" "Set PIP_CERT to the file of the CA that signed it."
  elif grep -qE 'connection error:|NewConnectionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|ConnectionResetError|Max retries exceeded' "$log"; then
    fail "Could not reach the package index $host" "This build needs it to install ${package:-the packages of $manifest}." '' \
      'If it is down, push again later. To use a mirror, set PIP_INDEX_URL to its URL.' \
      'To do without, commit the packages:' "    $vendor"
  elif [[ -n $package && -d $build_dir/vendor/wheels && ! $PIP_NO_INDEX =~ ^(0|no|off|false)$ ]]; then
    fail "vendor/wheels has no $package for Python $python_version" \
      'Packages are taken from there only, because it exists. To fill it:' "    $vendor" \
      'To use the package index as well, set PIP_NO_INDEX=0.'
  elif [[ -n $package ]]; then
    fail "The package index $host has no $package for Python $python_version" \
      "Check its name in $manifest. If it is of a private index, set PIP_EXTRA_INDEX_URL to that one's URL."
  elif grep -qE "error: command '.*(gcc|cc|g\+\+|clang)' failed|Python\.h: No such file|pg_config|mysql_config|Failed building wheel|can't find Rust compiler" "$log"; then
    fail 'A package has no wheel for this Python and had to be compiled, which failed (see above)' \
      'Use a version of it that has a wheel (often there is one named *-binary), or a stack with' \
      'a compiler and the -dev packages that it needs.'
  fi
  fail "pip failed with exit code $code (see above)"
}

index_url() {
  local url
  url=$(cat "$build_dir/requirements.txt" "$plan/pinned" 2>/dev/null |
    sed -nE 's/^(-i|--index-url)[[:space:]=]+([^[:space:]]+).*/\2/p' | sed 1q)
  printf '%s' "${url:-${PIP_INDEX_URL:-https://pypi.org/simple}}"
}

# requirement_files FILE: it, and those that it names, one a line.
requirement_files() {
  local file=$1 line named
  [[ " ${seen:=} " != *" $file "* && -f $build_dir/$file ]] || return 0
  seen+=" $file"
  printf '%s\n' "$file"
  while IFS= read -r line; do
    [[ $line =~ ^[[:space:]]*(-r|-c|--requirement|--constraint)[[:space:]=]*([^[:space:]#]+) ]] || continue
    named=${BASH_REMATCH[2]}
    if [[ $file == */* ]]; then named=${file%/*}/$named; fi
    # One name for each file, or files that name each other would never end.
    requirement_files "$(realpath -m --relative-to="$build_dir" "$build_dir/$named")"
  done < <(sed -E 's/\r$//' "$build_dir/$file" && echo)
}

manifest_files() {
  case $manifest in
    requirements.txt) requirement_files requirements.txt ;;
    poetry.lock | uv.lock) printf '%s\n' pyproject.toml "$manifest" ;;
    *) printf '%s\n' "$manifest" ;;
  esac
}

# sign: prints what the environment is made of. From another index come the same packages.
sign() {
  local name
  {
    printf '%s\n' "$python_version" "${runtime:-$base_python}" "${STACK:-}"
    for name in PIP_NO_BINARY PIP_ONLY_BINARY PIP_PREFER_BINARY PIP_PRE PIP_CONSTRAINT PIP_NO_DEPS PIP_NO_BUILD_ISOLATION \
      PIP_USE_PEP517 CFLAGS CPPFLAGS CXXFLAGS LDFLAGS; do
      printf '%s=%s\n' "$name" "${!name:-}"
    done
    manifest_files | (cd "$build_dir" && tr '\n' '\0' | xargs -0 tail -vn +1)
    [[ ! -d $build_dir/vendor/wheels ]] ||
      (cd "$build_dir" && find vendor/wheels -type f -print0 | sort -z | xargs -0r sha256sum)
  } | sha256sum | cut -d ' ' -f 1
}

# can_keep: not what can change without the manifest: the app's own directories, branches.
can_keep() {
  case $manifest in
    requirements.txt)
      ! manifest_files | (cd "$build_dir" && tr '\n' '\0' | xargs -0 cat) |
        grep -vE '@[0-9a-f]{40}([#[:space:]]|$)' |
        grep -E '^[[:space:]]*(-e|--editable|\.{0,2}/|\.[[:space:]]*$|\.\[)|@[[:space:]]*(file:|\.)|^[[:space:]]*[^[:space:]#:-][^[:space:]:=<>~!@;]*/|^file:|git\+|hg\+|svn\+' >/dev/null ;;
    *) ! grep -qE '^--editable|(git|hg|svn)\+' "$plan/wanted" 2>/dev/null ;;
  esac
}
