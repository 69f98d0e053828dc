// SPDX-License-Identifier: Apache-2.0
#include "inside/build/buildpack_list.h"

#include <filesystem>

#include "inside/build/download.h"
#include "inside/build/failure.h"
#include "inside/build/text.h"
#include "inside/build/tree.h"

namespace hythe::builder {

std::vector<std::string> buildpacks_of_manifest(const std::string& path,
                                                const Variables& environment) {
  // Most app.json are about something else: no program, and no error, for those.
  if (file_text(path).find("\"buildpacks\"") == std::string::npos) return {};
  // Heroku has objects with a `url`; plain texts are understood as well.
  const Outcome jq = run({.argv = {find_program("jq"), "-r",
                                   "(.buildpacks // [])[] | if type == \"object\" then .url "
                                   "else . end | strings",
                                   path},
                          .environment = environment,
                          .directory = "/",
                          .output = Stream::captured,
                          .errors = Stream::captured});
  if (jq.code != 0)
    throw BuildFailure("'" + std::filesystem::path(path).filename().string() +
                       "' cannot be read: " + reason_in(jq.output));
  return parse_lines(jq.output);
}

}  // namespace hythe::builder
