// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hythe {

class Yaml;

/// The archive that was built, where it was not a commit: what a record keeps of it.
struct SourceArchive {
  std::string name;     // "app.tar.gz", "stdin"; of a URL all but its secrets
  std::string sha256;   // of the file as it came
  std::string version;  // what whoever deployed it calls it; else the sum

  /// "v1.2"; of a sum the first seven digits.
  [[nodiscard]] std::string short_version() const;
  /// "archive v1.2 (app.tar.gz)"
  [[nodiscard]] std::string describe() const;

  [[nodiscard]] Yaml to_yaml() const;
  /// nullopt when there is none.
  [[nodiscard]] static std::optional<SourceArchive> from_yaml(const Yaml& file);
};

/// What somebody calls a version: a word of printable characters, of 100 at most, which ends up
/// in lists and as SOURCE_VERSION in builds. Throws PushError (EX_USAGE).
void require_version_name(std::string_view text);

/// What was built, for people: "abc1234" of a commit, "v1.2" of an archive…
[[nodiscard]] std::string short_version(const std::string& commit,
                                        const std::optional<SourceArchive>& archive);
/// … "commit abc1234", "archive v1.2 (app.tar.gz)"
[[nodiscard]] std::string describe_source(const std::string& commit,
                                          const std::optional<SourceArchive>& archive);

}  // namespace hythe
