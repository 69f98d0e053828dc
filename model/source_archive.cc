// SPDX-License-Identifier: Apache-2.0
#include "model/source_archive.h"

#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/yaml.h"

namespace hythe {
namespace {

constexpr std::size_t kShort = 7;

}  // namespace

std::string SourceArchive::short_version() const {
  return version == sha256 ? version.substr(0, kShort) : version;
}

std::string SourceArchive::describe() const {
  return concat("archive ", short_version(), " (", name, ')');
}

Yaml SourceArchive::to_yaml() const {
  Yaml file;
  file.add("name", name).add("sha256", sha256).add("version", version);
  return file;
}

std::optional<SourceArchive> SourceArchive::from_yaml(const Yaml& file) {
  if (!file.has("sha256")) return std::nullopt;
  return SourceArchive{.name = file["name"].text(),
                       .sha256 = file["sha256"].text(),
                       .version = file["version"].text()};
}

void require_version_name(std::string_view text) {
  constexpr std::size_t kLongest = 100;
  if (text.empty() || text.size() > kLongest || text.front() == '-' ||
      text.find(' ') != std::string_view::npos || printable(text, text.size()) != text)
    throw PushError(concat("'", printable(text, 120), "' is not the name of a version",
                           "\nit is a word of 1 to ", kLongest,
                           " bytes, printable, without blanks and no '-' in front"),
                    EX_USAGE);
}

std::string short_version(const std::string& commit,
                          const std::optional<SourceArchive>& archive) {
  return archive ? archive->short_version() : commit.substr(0, kShort);
}

std::string describe_source(const std::string& commit,
                            const std::optional<SourceArchive>& archive) {
  return archive ? archive->describe() : concat("commit ", commit.substr(0, kShort));
}

}  // namespace hythe
