# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in several files: see bin/compile
# Which Python: the stack's, Debian's where the stack has none, or python-build-standalone.

# toml_value FILE TABLE KEY: a string of the file; '' if it has none. The top table is "-". Not all
# of TOML, but what says which Python is written plainly, and no Python is there yet to read it.
toml_value() {
  local from=1
  [[ -f $build_dir/$1 ]] || return 0
  [[ $2 == - ]] || from="/^\[$2\]/"
  sed -E 's/\r$//' "$build_dir/$1" |
    sed -nE "$from,/^\[/s/^$3[[:space:]]*=[[:space:]]*[\"']([^\"']*)[\"'].*/\1/p" | sed 1q
}

# first_line FILE: the first that is not empty, without comments and blanks around.
first_line() { sed -E 's/#.*//; s/\r$//; s/^[[:space:]]+//; s/[[:space:]]+$//; /^$/d' "$build_dir/$1" | sed 1q; }

# wanted_python: sets $python_range and $python_source. An empty range is "the stack's".
wanted_python() {
  python_range='' python_source=''
  local file
  for file in .python-version runtime.txt; do
    [[ -f $build_dir/$file ]] || continue
    python_range=$(first_line "$file")
    python_source=$file
    python_range=${python_range#cpython[-@]}
    python_range=${python_range#[Pp]ython-}
    [[ $python_range != system ]] || python_range=''
    return 0
  done
  while read -r file table key; do
    python_range=$(toml_value "$file" "$table" "$key")
    [[ -z $python_range ]] || { python_source="$file, $key" && return; }
  done <<'END'
Pipfile requires python_full_version
Pipfile requires python_version
pyproject.toml project requires-python
pyproject.toml tool\.poetry\.dependencies python
uv.lock - requires-python
END
}

# stack_pythons: what the stack has, the usual one first, as "VERSION PATH".
stack_pythons() {
  local path real version seen=' '
  for path in /usr/bin/python3 /usr/local/bin/python3 /usr/bin/python3.* /usr/local/bin/python3.*; do
    [[ -x $path && $path =~ /python3(\.[0-9]+)?$ ]] || continue
    real=$(readlink -f "$path")
    [[ $seen != *" $real "* ]] || continue
    seen+="$real "
    # Without venv it is not the whole of Python.
    version=$("$path" -I -c 'import sys, venv; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || continue
    printf '%s %s\n' "$version" "$path"
  done
}

# install_python: sets $base_python, the program, and $python_version; $runtime is its tree in the
# cache if it has one, and $runtime_program its place in there.
install_python() {
  local stack=() one why versions
  wanted_python
  is_range "$python_range" ||
    fail "$python_source asks for Python '$python_range', which is not a version" \
      'Write for example 3.11, 3.11.2 or >=3.10 (CPython only).'
  why=${python_source:-no version asked for}${python_range:+: $python_range}
  runtime=''
  mapfile -t stack < <(stack_pythons)
  for one in "${stack[@]}"; do
    satisfies "${one%% *}" "$python_range" || continue
    python_version=${one%% *} base_python=${one#* }
    info "Python $python_version ($why), of the stack"
    return
  done
  versions=$(printf '%s, ' "${stack[@]%% *}")
  stack_has=${versions%, }
  if [[ -z $stack_has ]] && has_debs && debian_python_satisfies; then
    install_debian_python
  else
    install_standalone_python
  fi
}

debian_python_satisfies() {
  local version
  [[ -n $python_range ]] || return 0
  (update_debs Python) || return 1
  version=$(apt_private --simulate install python3 2>/dev/null | sed -nE 's/^Inst python3 \(([0-9.]+).*/\1/p')
  [[ -n $version ]] && satisfies "$version" "$python_range"
}

install_debian_python() {
  runtime=$store/debian runtime_program=usr/bin/python3
  install_debs Python "$runtime" python3 python3-venv
  python_version=$(debian_python -I -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])') ||
    fail "Debian's Python does not run on this stack" 'Install python3 and python3-venv on the stack, or use a stack that has them.'
  info "Python $python_version ($why), of Debian"
}

debian_python() (
  eval "$(debs_environment "$runtime")"
  exec "$runtime/$runtime_program" "$@"
)

# python-build-standalone's releases have the newest patch release of each Python, in files like
# cpython-3.12.9+20250317-x86_64-unknown-linux-gnu-install_only_stripped.tar.gz.
install_standalone_python() {
  local mirror=${UV_PYTHON_INSTALL_MIRROR:-} release=${PYTHON_STANDALONE_RELEASE:-} base sums=$store/SHA256SUMS
  local listing names version file sum url hints errors machine
  base=${mirror:-https://github.com/astral-sh/python-build-standalone/releases/download}
  base=${base%/}
  if [[ -n $release ]]; then
    listing=$base/$release/SHA256SUMS
  elif [[ -z $mirror ]]; then
    listing=${base%/download}/latest/download/SHA256SUMS
  else
    listing=$base/SHA256SUMS
  fi
  hints=('To use a mirror of python-build-standalone, set UV_PYTHON_INSTALL_MIRROR to its URL.'
    "${stack_has:+To do without: the stack has Python $stack_has. Write that into ${python_source%%,*}.}")
  machine=$(uname -m)-unknown-linux-gnu

  if [[ -z $(find "$sums" -mtime -1 2>/dev/null) || $(<"$sums.url") != "$listing" ]]; then
    if errors=$(fetch "Python $python_range ($python_source)" "$listing" "$sums.new" '' "${hints[@]}" 2>&1); then
      mv -f "$sums.new" "$sums"
      printf '%s' "$listing" >"$sums.url"
    else
      version=$(kept_pythons | best_of "$python_range")
      [[ -n $version ]] || { printf '%s\n' "$errors" >&2 && exit 1; }
      warn "$(host_of "$base") cannot be reached, using Python $version from the cache"
    fi
  fi
  if [[ -z ${version:-} ]]; then
    names=$(sed -nE "s/^[0-9a-f]{64}  (cpython-[0-9.]+\+[0-9]+-$machine-install_only_stripped\.tar\.gz)\$/\1/p" "$sums")
    version=$(sed -E 's/^cpython-([0-9.]+)\+.*/\1/' <<<"$names" | best_of "$python_range")
    [[ -n $version ]] || fail "No Python satisfies $python_source: '$python_range'" \
      "The stack has ${stack_has:-none}; $(host_of "$base") has $(sed -E 's/^cpython-([0-9.]+)\+.*/\1/' <<<"$names" |
        sort -uV | paste -sd ' ' | sed 's/ /, /g')." \
      'Ask for one of these, or for a series, such as 3.12. An older release of' \
      'python-build-standalone (its tag) can be set by PYTHON_STANDALONE_RELEASE.'
  fi

  runtime=$store/python-$version runtime_program=bin/python3 python_version=$version
  if [[ -x $runtime/$runtime_program ]]; then
    info "Python $version ($why), from the cache"
  else
    file=$(grep -F -m 1 "cpython-$version+" <<<"$names")
    sum=$(sed -n "s/  $file\$//p" "$sums")
    url=${file#*+}
    url=$base/${url%%-*}/${file/+/%2B}
    info "Python $version ($why), from $(host_of "$base")"
    fetch "Python $version" "$url" "$store/python.tar.gz" "$sum" "${hints[@]}"
    rm -rf "$runtime.new"
    mkdir "$runtime.new"
    tar -xzf "$store/python.tar.gz" -C "$runtime.new" --strip-components=1 --no-same-owner --no-same-permissions \
      --exclude='python/lib/python3*/test' --exclude='python/lib/python3*/idlelib' --exclude='python/lib/python3*/turtledemo' \
      --exclude='python/share' --exclude='*.a' ||
      fail "$(host_of "$base") sent a $file that cannot be unpacked" "${hints[0]}"
    rm -f "$store/python.tar.gz"
    mv "$runtime.new" "$runtime"
  fi
}

kept_pythons() {
  local tree
  for tree in "$store"/python-[0-9]*/; do
    [[ ! -x ${tree}bin/python3 ]] || basename "${tree#"$store"/python-}"
  done
}

# place_runtime: a Python that is not the stack's goes with the app.
place_runtime() {
  [[ -n $runtime ]] || return 0
  mkdir -p "$venv"
  cp -a --reflink=auto "$runtime" "$venv/runtime"
  base_python=$venv/runtime/$runtime_program
  if [[ $runtime == "$store/debian" ]]; then
    eval "$(debs_environment "$venv/runtime")"
  fi
}
