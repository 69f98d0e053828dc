# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Downloads with one clear failure. Needs lib/common.sh.

host_of() {
  local host=${1#*://}
  host=${host%%/*}
  printf '%s' "${host##*@}"
}

# without_secrets URL: what may be shown of it.
without_secrets() {
  local url=${1%%\?*}
  printf '%s://%s/%s' "${url%%://*}" "$(host_of "$url")" "${url#*://*/}"
}

# fetch WHAT URL FILE SHA256 HINT...: downloads URL to FILE, unless FILE has that sum already;
# SHA256 is '' where the publisher gives none. HINT says how to do without the host.
fetch() {
  local what=$1 url=$2 file=$3 sha256=$4 error problem code=0
  shift 4
  if [[ -n $sha256 && -f $file ]] && sha256sum --status --check - <<<"$sha256  $file"; then return; fi
  mkdir -p "$(dirname "$file")"
  error=$(curl --silent --show-error --fail --location --proto '=http,https' --retry 3 \
    --connect-timeout "${CURL_CONNECT_TIMEOUT:-30}" --max-time "${CURL_TIMEOUT:-600}" \
    --output "$file.new" "$url" 2>&1) || code=$?
  if ((code != 0)); then
    rm -f "$file.new"
    problem="Could not reach $(host_of "$url") (curl exited with $code)"
    [[ $code != 22 ]] || problem="$(host_of "$url") does not give $what: $(without_secrets "$url")"  # an HTTP error
    fail "$problem" "(${error##*$'\n'})" '' "This build needs it to install $what." "$@"
  fi
  if [[ -n $sha256 ]] && ! sha256sum --status --check - <<<"$sha256  $file.new"; then
    rm -f "$file.new"
    fail "What $(host_of "$url") sent is not $what" \
      'Its SHA-256 sum is not the one that the publisher gives.' "$(without_secrets "$url")"
  fi
  mv -f "$file.new" "$file"
}
