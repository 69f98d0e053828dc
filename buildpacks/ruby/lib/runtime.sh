# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154,SC2034,SC2016  # one script in several files: see bin/compile
# Which Ruby: the stack's, or Debian's, which was not made to live outside of /usr.

# wanted_ruby: sets $ruby_range and $ruby_source. An empty range is "any".
wanted_ruby() {
  ruby_range='' ruby_source=''
  from_gemfile || from_lockfile || from_version_file .ruby-version || from_version_file .tool-versions ||
    ruby_source=''
}

# ruby "3.1.2", ruby "~> 3.1", ">= 3.1.2" or ruby file: ".ruby-version"
from_gemfile() {
  local line quoted="^[^\"']*[\"']([^\"']+)[\"'](.*)\$"
  line=$(sed -nE 's/\r$//; s/[[:space:]]#.*//; s/^ruby[[:space:](]+(.*)/\1/p' "$build_dir/Gemfile" | sed 1q)
  [[ -n $line ]] || return 1
  ruby_source='Gemfile'
  if [[ $line =~ engine: || $line == *:engine* ]]; then
    [[ $line =~ engine(:|[[:space:]]*=\>)[[:space:]]*[\"\']ruby[\"\'] ]] ||
      fail "Gemfile asks for another engine than Ruby itself: ruby $line" 'Only CRuby is supported here.'
  fi
  if [[ $line =~ file:[[:space:]]*[\"\']([^\"\']+)[\"\'] ]]; then
    [[ -f $build_dir/${BASH_REMATCH[1]} ]] || fail "Gemfile takes the version of Ruby from ${BASH_REMATCH[1]}, which is not there" \
      'Commit it, or write the version into the Gemfile.'
    from_version_file "${BASH_REMATCH[1]}"
    return
  fi
  [[ $line == [\"\']* ]] || return 1  # an expression: only bundler knows
  [[ ! $line =~ ^([^,]*(,[[:space:]]*[\"\'][^,]*)*),[[:space:]]*:?[a-z] ]] || line=${BASH_REMATCH[1]}
  while [[ $line =~ $quoted ]]; do
    ruby_range+=${ruby_range:+, }${BASH_REMATCH[1]}
    line=${BASH_REMATCH[2]}
  done
  # RubyGems means exactly this one.
  [[ ! $ruby_range =~ ^([0-9.]+)(p[0-9-]+)?$ ]] || ruby_range="= ${BASH_REMATCH[1]}"
  [[ -n $ruby_range ]]
}

from_lockfile() {
  [[ -f $build_dir/Gemfile.lock ]] || return 1
  ruby_range=$(sed -nE 's/\r$//; /^RUBY VERSION/{n; s/^ +ruby ([0-9.]+).*/\1/p}' "$build_dir/Gemfile.lock")
  ruby_source='Gemfile.lock'
  [[ -n $ruby_range ]]
}

# from_version_file FILE: .ruby-version has the version, .tool-versions a line with it.
from_version_file() {
  [[ -f $build_dir/$1 ]] || return 1
  ruby_source=$1
  ruby_range=$(sed -E 's/#.*//; s/\r$//; s/^[[:space:]]+//; s/[[:space:]]+$//; /^$/d' "$build_dir/$1")
  if [[ ${1##*/} == .tool-versions ]]; then
    ruby_range=$(sed -nE 's/^ruby[[:space:]]+([^[:space:]]+).*/\1/p' <<<"$ruby_range" | sed 1q)
  fi
  ruby_range=${ruby_range%%$'\n'*}
  ruby_range=${ruby_range#ruby-}
  ruby_range=${ruby_range%%-p[0-9]*}
  [[ $ruby_range != system ]] || ruby_range=''
  [[ -n $ruby_range ]]
}

# install_ruby: sets $ruby_version, and makes ruby, gem and bundle work in this build. Where they
# are not the stack's they are in $ruby_home.
install_ruby() {
  local program why series
  wanted_ruby
  is_range "$ruby_range" || fail "$ruby_source asks for Ruby '$ruby_range', which is not a version" \
    'Write for example 3.1, 3.1.2 or ~> 3.1 (CRuby only).'
  why="${ruby_source:-no version asked for}${ruby_range:+: $ruby_range}"
  stack_has=''
  for program in /usr/bin/ruby /usr/local/bin/ruby; do
    [[ -x $program ]] || continue
    stack_has=$("$program" -e 'print RUBY_VERSION' 2>/dev/null) || continue
    satisfies "$stack_has" "$ruby_range" || continue
    ruby_version=$stack_has ruby_debs=''
    info "Ruby $ruby_version ($why), of the stack"
    install_bundler
    return
  done

  # A Ruby in /usr/bin is Debian's already.
  if [[ -x /usr/bin/ruby ]] || ! has_debs; then no_such_ruby "The stack has ${stack_has:-none}."; fi
  if [[ ! -e $store/debian/.prepared ]]; then
    update_debs Ruby
    series=$(apt_private --simulate install ruby 2>/dev/null | sed -nE 's/^Inst ruby \(([0-9]:)?([0-9.]+).*/\2/p')
    might_satisfy "$series" || no_such_ruby "The stack has ${stack_has:-none}, and Debian has ${series:-none}."
  fi
  install_debian_ruby
  satisfies "$ruby_version" "$ruby_range" ||
    no_such_ruby "The stack has ${stack_has:-none}, and Debian has $ruby_version."
  info "Ruby $ruby_version ($why), of Debian"
}

# might_satisfy SERIES: before a download that would be in vain.
might_satisfy() {
  local patch
  [[ -n $1 ]] || return 1
  for patch in {0..30}; do
    ! satisfies "$1.$patch" "$ruby_range" || return 0
  done
  return 1
}

no_such_ruby() {
  fail "No Ruby satisfies ${ruby_source:-the app}: '${ruby_range:-any}'" "$1" \
    'Nobody publishes Ruby as programs that could be downloaded. Ask for the one that is there,' \
    'or use a stack that has the right one (hythe stack list).'
}

install_debian_ruby() {
  local packages=(ruby bundler) tree=$store/debian
  # Headers, where there is a compiler that wants them.
  if type -P gcc make >/dev/null; then packages+=(ruby-dev); fi
  install_debs Ruby "$tree" "${packages[@]}"
  if [[ ! -e $tree/.prepared ]]; then
    grep -rlIZE '^#!/usr/bin/ruby' "$tree/usr/bin" "$tree/usr/share/rubygems-integration" |
      xargs -0r sed -i -E '1s|^#!/usr/bin/ruby[0-9.]*|#!/usr/bin/env ruby|'
    cp "$bp_dir/lib/operating_system.rb" "$tree/usr/lib/ruby/vendor_ruby/rubygems/defaults/"
    rm -rf "$tree"/usr/share/{doc,man,lintian,ri,bug}
    touch "$tree/.prepared"
  fi
  mkdir -p "$ruby_home"
  cp -a --reflink=auto "$tree/." "$ruby_home"
  ruby_debs=yes
  eval "$(ruby_environment "$ruby_home")"
  ruby_version=$(ruby -e 'print RUBY_VERSION') ||
    fail "Debian's Ruby does not run on this stack" 'Install ruby on the stack, or use a stack that has it.'
}

# install_bundler: Ruby brings bundler, though not every package of Ruby a program of that name.
install_bundler() {
  mkdir -p "$ruby_home/bin"
  if ! type -P bundle >/dev/null; then
    ruby -e 'require "bundler"' 2>/dev/null ||
      fail 'This stack has Ruby, but no bundler' 'Install bundler on the stack, or use a stack that has it.'
    printf '#!/usr/bin/env ruby\nload Gem.bin_path("bundler", "bundle")\n' >"$ruby_home/bin/bundle"
    chmod +x "$ruby_home/bin/bundle"
  fi
  PATH=$ruby_home/bin:$PATH
}

# ruby_environment ROOT: the lines that make the Ruby below $ruby_home work where it is ROOT.
ruby_environment() {
  local directory path=''
  if [[ -z $ruby_debs ]]; then
    printf 'export PATH="%s/bin:$PATH"\n' "$1"
    return
  fi
  debs_environment "$1"
  # In the order in which Ruby looks for them below /usr.
  for directory in "$ruby_home"/usr/lib/{ruby/vendor_ruby/[0-9]*,*/ruby/vendor_ruby/[0-9]*,ruby/vendor_ruby,ruby/[0-9]*,*/ruby/[0-9]*}; do
    [[ ! -d $directory ]] || path+=$1${directory#"$ruby_home"}:
  done
  printf 'export RUBYLIB="%s${RUBYLIB:+:$RUBYLIB}"\n' "${path%:}"
}

prune_ruby() {
  # Headers were there for gems to be compiled with.
  rm -rf "$ruby_home"/usr/include "$ruby_home"/usr/lib/*/{pkgconfig,*.a} "$ruby_home"/.debs "$ruby_home"/.prepared
}
