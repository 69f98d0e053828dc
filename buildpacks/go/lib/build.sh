# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034  # one script in four files: see bin/compile
# From sources to bin/: what is built, where its modules come from, and what to do if it fails.

# The environment of this build and of later buildpacks.
write_environment() {
  local name
  export GOROOT=$go_root PATH=$go_root/bin:$PATH
  export GOTOOLCHAIN=local  # never another Go, downloaded behind our back
  export GOCACHE=$store/build GOMODCACHE=$store/modules GOPATH=$store/path
  {
    # shellcheck disable=SC2016  # $PATH is for whoever sources it
    printf 'export PATH=%q:"$PATH"\n' "$go_root/bin"
    printf 'export GOROOT=%q GOCACHE=%q GOMODCACHE=%q GOPATH=%q\n' "$go_root" "$GOCACHE" "$GOMODCACHE" "$GOPATH"
    printf 'export GOTOOLCHAIN=local\n'
  } >"$bp_dir/export"

  # As on Heroku, flags can name the place of the build, which differs each time.
  for name in CGO_CFLAGS CGO_CPPFLAGS CGO_CXXFLAGS CGO_LDFLAGS; do
    # shellcheck disable=SC2016  # literally that
    [[ -z ${!name:-} ]] || export "$name=${!name//'${build_dir}'/$build_dir}"
  done
  if [[ -z ${CGO_ENABLED:-} && -z ${CC:-} ]] && ! { type -P gcc && [[ -e /usr/include/stdlib.h ]]; } >/dev/null; then
    export CGO_ENABLED=0
  fi
}

# write_credentials: GO_GIT_CRED__HTTPS__GITHUB__COM=USER:TOKEN, as on Heroku, is what git gives
# to https://github.com; a token alone is the user. It stays in the environment: nothing of it is
# written anywhere.
write_credentials() {
  local name host count=0
  for name in $(compgen -A export GO_GIT_CRED__ || true); do
    [[ $name =~ ^GO_GIT_CRED__(HTTPS?)__(.+)$ ]] || continue
    host=${BASH_REMATCH[2]//__/.}
    export "GIT_CONFIG_KEY_$count=credential.${BASH_REMATCH[1],,}://${host,,}.helper"
    [[ ${!name} == *:* ]] || export "$name=${!name}:x-oauth-basic"
    export "GIT_CONFIG_VALUE_$count=!f() { test \$1 != get || printf 'username=%s\npassword=%s\n' \"\${$name%%:*}\" \"\${$name#*:}\"; }; f"
    count=$((count + 1))
  done
  ((count == 0)) || export GIT_CONFIG_COUNT=$count
}

without_cgo='Files with C in them (cgo) are left out: there is no C compiler here, or CGO_ENABLED is 0.'
compiler_hint='For a compiler on the host stack: apt install build-essential. Or choose a stack that has it.'

run_hook() {
  local code=0
  [[ -x $build_dir/$1 && ! -d $build_dir/$1 ]] || return 0
  title "Running $1"
  (cd "$build_dir" && "./$1") || code=$?
  ((code == 0)) || fail "$1 failed with exit code $code"
}

# enter_sources: the directory where go is to run, and the flags for what it finds there.
enter_sources() {
  local root
  [[ ! -e $build_dir/bin || -d $build_dir/bin ]] || fail 'The file bin is where the programs are to go' \
    'They are built into the directory bin of the app: rename that file.'
  export GOBIN=$build_dir/bin
  go_flags=()
  cd "$build_dir" || exit

  if [[ -n ${mod_file:-} ]]; then
    # For modules that are older than this being the default. A workspace decides by itself.
    [[ ! -d vendor || $mod_file == go.work || ${GOFLAGS:-} == *-mod=* ]] || go_flags+=(-mod=vendor)
    use_modules
  elif [[ -d vendor ]]; then
    # Vendored before there were modules: it only works inside a GOPATH.
    export GO111MODULE=off GOPATH=$store/gopath
    root=$(jq -r '.ImportPath // .rootPath // empty' Godeps/Godeps.json vendor/vendor.json 2>/dev/null | head -n 1) || true
    [[ $root =~ ^[A-Za-z0-9][A-Za-z0-9._~/-]*$ && /$root/ != */../* ]] || root=$(own_name)
    warn 'No go.mod: built the old way, in a GOPATH, which newer Go gives up.' \
      "To change that: go mod init $root, go mod tidy, go mod vendor, and commit."
    rm -rf "$GOPATH"
    mkdir -p "$GOPATH/src/$(dirname "$root")"
    cp -a --reflink=auto "$build_dir" "$GOPATH/src/$root"
    cd "$GOPATH/src/$root" || exit
  else
    info "No go.mod: the program is bin/$(own_name). To name it yourself: go mod init NAME"
    printf 'module %s\n\ngo %s\n' "$(own_name)" "$(minor_of "$go_version")" >go.mod
    use_modules
  fi

  # The place of the build differs each time, and so would all that is compiled in it. But with
  # this, a Go that brings its library compiled (until 1.19) compiles it again: 10 s, once.
  if [[ ! -d $GOROOT/pkg/linux_$go_arch || (-d vendor && -n ${mod_file:-}) ]]; then go_flags+=(-trimpath); fi
  # Files for this platform say //go:build heroku, on Scalingo as well. Tags of the app's own count alone.
  [[ ${GOFLAGS:-} == *-tags* ]] || go_flags+=(-tags heroku)
  # -X: as Heroku documents it.
  [[ -z ${GO_LINKER_SYMBOL:-} ]] ||
    go_flags+=(-ldflags "-X '$GO_LINKER_SYMBOL=${GO_LINKER_VALUE:-${SOURCE_VERSION:-}}'")
}

use_modules() {
  # Modules are read-only otherwise, and nobody could clear the cache.
  export GOFLAGS="-modcacherw${GOFLAGS:+ $GOFLAGS}"
}

# Sources without a module are one program, which the Procfile knows by name.
own_name() {
  local name=''
  [[ ! -f $build_dir/Procfile ]] || name=$(sed -nE \
    's,^web:[[:space:]]*(\./)?(bin/)?([A-Za-z0-9_-]+)([[:space:]].*)?$,\3,p' "$build_dir/Procfile" | head -n 1)
  printf '%s' "${name:-web}"
}

# run_go ARGUMENT...: go, with an explanation of what commonly goes wrong.
run_go() {
  local code=0 log=$store/go.log
  { go "$@" 2>&1 >&3 | tee "$log" >&2; } 3>&1 || code=$?
  ((code == 0)) || explain "$log" "$code"
  rm -f "$log"
}

# choose_packages: sets ${packages[@]}, those to install, and ${programs[@]}, which files of bin/
# they become.
choose_packages() {
  local patterns=(./...) source='' listed package target hint=()
  if [[ -n ${GO_INSTALL_PACKAGE_SPEC:-} ]]; then
    read -ra patterns <<<"$GO_INSTALL_PACKAGE_SPEC"
    source=GO_INSTALL_PACKAGE_SPEC
  elif ((${#mod_packages[@]})); then
    patterns=("${mod_packages[@]}")
    source="$mod_file (install)"
  elif [[ -f go.work ]]; then
    mapfile -t patterns < <(go list -m -f '{{.Dir}}/...')
  fi

  packages=() programs=()
  listed=$(run_go list -find "${go_flags[@]}" -f '{{if eq .Name "main"}}{{.ImportPath}} {{.Target}}{{end}}' "${patterns[@]}")
  while read -r package target; do
    [[ -n $package ]] || continue
    target=${target##*/}
    [[ " ${programs[*]} " != *" $target "* ]] || fail "Two programs would be bin/$target: $package is one of them" \
      'Say in go.mod which packages to install: // +scalingo install ./cmd/server'
    packages+=("$package")
    programs+=("$target")
  done <<<"$listed"
  [[ ${CGO_ENABLED:-} != 0 ]] || hint=('' "$without_cgo" "$compiler_hint")
  ((${#packages[@]})) || fail "There is no program to build: no package main in ${patterns[*]}${source:+, which $source says}" \
    'A web app has a package main with a function main. Packages are named in go.mod:' \
    '// +scalingo install ./cmd/server' "${hint[@]}"
}

install_packages() {
  info "go install ${go_flags[*]:+${go_flags[*]} }${packages[*]}"
  run_go install "${go_flags[@]}" "${packages[@]}"
  info "Programs: ${programs[*]/#/bin/}"

  rm -f "$bp_dir/program"
  if ((${#programs[@]} == 1)); then
    printf '%s' "${programs[0]}" >"$bp_dir/program"
  elif [[ ! -f $build_dir/Procfile ]]; then
    warn 'There are several programs, and no Procfile that says which to start.' \
      "Write one, for example: web: bin/${programs[0]}"
  fi
}

explain() {
  local log=$1 code=$2 host
  if grep -qE 'dial tcp|no such host|[Cc]ould not resolve host|connection refused|i/o timeout|TLS handshake timeout|network is unreachable|proxyconnect' "$log"; then
    host=$(grep -m 1 -oE 'https?://[^/" ]+' "$log" | head -n 1) || true
    warn "Could not reach ${host:-the host of a module}. This build needs it to download the app's modules." \
      'To do without: go mod vendor, and commit vendor/. To use a mirror, set GOPROXY to its URL' \
      '(and GONOSUMDB=* if sum.golang.org cannot be reached either).'
  elif grep -qE 'could not read Username|terminal prompts disabled|Authentication failed|Permission denied \(publickey\)|410 Gone' "$log"; then
    warn 'A module is private. Set GOPRIVATE to its path (example.com/team/*), and for its host' \
      'GO_GIT_CRED__HTTPS__EXAMPLE__COM=USER:TOKEN. Or commit it: go mod vendor.'
  elif grep -qE 'missing go.sum entry|updates to go.(mod|sum) needed|no required module provides|cannot find module providing|cannot find main module' "$log"; then
    warn 'go.mod and go.sum do not name all that the app imports.' \
      'Run go mod tidy, commit go.mod and go.sum, and push again.'
  elif grep -q 'inconsistent vendoring' "$log"; then
    warn 'vendor/ and go.mod do not agree. Run go mod vendor, commit vendor/, and push again.'
  elif grep -qE 'requires go >= |module requires Go |invalid go version|unknown directive: toolchain|toolchain not available' "$log"; then
    warn "The app, or a module of it, needs a newer Go than $go_version, which this build chose${go_wanted:+ because of} ${go_source:-}." \
      'Ask for it: GOVERSION=1.NN, or in go.mod // +scalingo goVersion go1.NN'
  elif [[ ${CGO_ENABLED:-} == 0 ]] && grep -qE 'build constraints exclude all Go files|undefined: ' "$log"; then
    warn "$without_cgo" "$compiler_hint"
  elif grep -qE 'C compiler .* not found|executable file not found' "$log"; then
    warn 'A program that this build needs is not on the stack (see above).'
  fi
  rm -f "$log"
  exit "$code"
}

bound_cache() {
  local directory limit=1024  # MiB
  cd /
  rm -rf "$store/gopath"
  for directory in "$GOCACHE" "$GOMODCACHE"; do
    [[ -d $directory ]] || continue
    (($(du -sm "$directory" | cut -f 1) > limit)) || continue
    info "Emptying the cache ${directory##*/}: it has grown beyond $limit MiB"
    rm -rf "$directory"
  done
}
