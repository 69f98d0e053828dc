# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # one script in several files: see bin/compile
# A package.json beside the PHP app, as on Scalingo: Node.js and what it names are there for the
# build of assets, by the buildpack nodejs, which has a copy here.

# Whether it is for us: another buildpack may have done it, and not every app wants it.
has_node_part() {
  [[ -f $build_dir/package.json && ${PHP_BUILDPACK_NO_NODE:-} != true && ! -d $build_dir/.hythe/node ]]
}

build_node_part() {
  has_node_part || return 0
  # What bundles assets is mostly a development dependency, and later steps may call it.
  SKIP_PRUNING=true bash "$bp_dir/nodejs/bin/compile" "$build_dir" "$cache_dir" "$env_dir"
  # shellcheck source=/dev/null  # it is made there
  . "$bp_dir/nodejs/export"
  cat "$bp_dir/nodejs/export" >>"$bp_dir/export"
}

# install_both: packages may come from vendor/ ("file:vendor/symfony/ux-turbo/assets"), and so may
# what a bundle imports. Only where composer's own install calls Node.js that goes first.
install_both() {
  [[ $install_calls_node == false ]] || build_node_part
  if needs_composer || [[ $has_dependencies == true ]]; then
    title 'Installing dependencies'
    ! needs_composer || provide_composer
    install_dependencies
  fi
  build_node_part
}
