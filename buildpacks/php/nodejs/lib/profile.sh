# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
export NODE_HOME=/app/.hythe/node
export PATH="$NODE_HOME/bin:/app/node_modules/.bin:$PATH"
export NODE_ENV="${NODE_ENV:-production}"
# How many processes a cluster should have, as on Heroku: one for each WEB_MEMORY MiB, of which
# large containers have more for each.
case ${MEMORY_AVAILABLE:-} in '' | *[!0-9]*) MEMORY_AVAILABLE=$((${CONTAINER_MEMORY:-536870912} / 1048576)) ;; esac
if [ "$MEMORY_AVAILABLE" -le 16384 ]; then hythe_usual=512; else hythe_usual=2048; fi
case ${WEB_MEMORY:=$hythe_usual} in
  0* | *[!0-9]*)
    echo "WEB_MEMORY is '$WEB_MEMORY', which is not a number of MiB: using $hythe_usual" >&2
    WEB_MEMORY=$hythe_usual ;;
esac
unset hythe_usual
if [ -z "${WEB_CONCURRENCY:-}" ]; then
  WEB_CONCURRENCY=$((MEMORY_AVAILABLE / WEB_MEMORY))
  # More than 200 are no size of a container, but that of a host without a limit.
  if [ "$WEB_CONCURRENCY" -lt 1 ] || [ "$WEB_CONCURRENCY" -gt 200 ]; then WEB_CONCURRENCY=1; fi
  # For other languages of this app, whose processes have another size.
  export WEB_CONCURRENCY_SET_BY=nodejs
fi
export MEMORY_AVAILABLE WEB_MEMORY WEB_CONCURRENCY
if [ "${LOG_CONCURRENCY:-}" = true ]; then
  echo "$MEMORY_AVAILABLE MiB of memory, $WEB_MEMORY MiB for each process (WEB_MEMORY): WEB_CONCURRENCY=$WEB_CONCURRENCY"
fi
