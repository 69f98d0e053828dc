# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
export VIRTUAL_ENV=/app/.hythe/python
export PATH="$VIRTUAL_ENV/bin:$PATH"
# Logs appear when they are written, and the app's own modules are found by every program.
export PYTHONUNBUFFERED="${PYTHONUNBUFFERED:-1}"
export PYTHONPATH="${PYTHONPATH:-/app}"
# Only the platform's proxy can connect: believe it about the protocol and the client's address.
export FORWARDED_ALLOW_IPS="${FORWARDED_ALLOW_IPS:-*}"
export GUNICORN_CMD_ARGS="${GUNICORN_CMD_ARGS:---access-logfile -}"
# A process for each 256 MiB, and at most two for each CPU and one more. gunicorn and uvicorn read it.
[ "${WEB_CONCURRENCY_SET_BY:-}" != nodejs ] || unset WEB_CONCURRENCY WEB_CONCURRENCY_SET_BY  # of larger ones
if [ -z "${WEB_CONCURRENCY:-}" ] && [ "${CONTAINER_MEMORY:-0}" -gt 0 ] 2>/dev/null; then
  WEB_CONCURRENCY=$((CONTAINER_MEMORY / 268435456))
  most=$((2 * $(nproc) + 1))
  [ "$WEB_CONCURRENCY" -le "$most" ] || WEB_CONCURRENCY=$most
  [ "$WEB_CONCURRENCY" -ge 1 ] || WEB_CONCURRENCY=1
  export WEB_CONCURRENCY
  unset most
fi
