// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hythe {

/// What `web`, worker, postdeploy and one-off containers run, as
/// {"/bin/bash", "-c", kStartScript, COMMAND}: bash hands the command to it as $0.
///
/// - The scripts of .profile.d are collected first, in the order of the C locale whatever
///   the app's locale is, and sourced at the top level: inside a function their `declare`
///   would be local. They set variables without `export`, call `return` and read what is
///   unset, so there is neither -e nor -u here.
/// - The second bash replaces the first, and so takes over what is exported and nothing
///   else. It runs the line of the Procfile as bash does, and replaces itself by the last
///   command of it: for `node app.js` and `cd api && PORT=1 node app.js` no shell stays. A
///   pipeline or a redirection keeps one (bash 5.2), which does not pass SIGTERM on; that is
///   why hythe-init sends it to every process.
inline constexpr const char* kStartScript = R"(cd /app || exit 126
hythe_scripts() {
  local LC_ALL=C
  shopt -s nullglob
  hythe_scripts=(/app/.profile.d/*.sh)
  shopt -u nullglob
}
[ ! -d /app/.profile.d ] || hythe_scripts
for hythe_script in "${hythe_scripts[@]}"; do . "$hythe_script"; done
[ ! -f /app/.profile ] || . /app/.profile
exec /bin/bash -c "$0"
)";

}  // namespace hythe
