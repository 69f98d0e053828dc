// SPDX-License-Identifier: Apache-2.0
#include "inside/build/buildpack_list.h"

#include <algorithm>
#include <filesystem>

#include "inside/build/download.h"
#include "inside/build/failure.h"
#include "inside/build/tree.h"

namespace hythe::builder {

std::vector<std::string> parse_lines(std::string_view text) {
  constexpr const char* kBlanks = " \t\r";
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
    line = line.substr(0, line.find_last_not_of(kBlanks) + 1);
    if (!line.empty() && line.front() != '#') lines.emplace_back(line);
  }
  return lines;
}

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
