# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
export BUNDLE_PATH=/app/vendor/bundle BUNDLE_DEPLOYMENT=1
export RACK_ENV="${RACK_ENV:-production}"
export RAILS_ENV="${RAILS_ENV:-$RACK_ENV}"
export RAILS_LOG_TO_STDOUT="${RAILS_LOG_TO_STDOUT:-enabled}"
export RAILS_SERVE_STATIC_FILES="${RAILS_SERVE_STATIC_FILES:-enabled}"
# glibc's allocator keeps much memory with the many threads of a web server.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
