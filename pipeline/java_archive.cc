// SPDX-License-Identifier: Apache-2.0
#include "pipeline/java_archive.h"

#include <strings.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "lib/archive/archive_reader.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

using Kind = ArchiveContents::Kind;

/// The largest there are have less than a tenth of it.
constexpr std::size_t kMaxEntries = 1'000'000;

/// Files at the top of a source, which no JAR or WAR has.
constexpr std::string_view kOfSources[] = {
    "Procfile", "pom.xml",     "build.gradle", "build.gradle.kts", "gradlew",
    "mvnw",     ".buildpacks", "package.json", "scalingo.json",    "app.json"};

bool has_ending(std::string_view name, std::string_view ending) {
  return name.size() > ending.size() && ::strncasecmp(name.data() + name.size() - ending.size(),
                                                      ending.data(), ending.size()) == 0;
}

void rewind(int archive) {
  if (::lseek(archive, 0, SEEK_SET) != 0) throw SystemError(errno, "read an archive again");
}

std::string manifest(ArchiveReader& archive) {
  constexpr std::size_t kEnough = 64U << 10U;
  std::string text;
  char buffer[4096];
  while (const std::size_t got = archive.read(buffer)) {
    text.append(buffer, got);
    if (text.size() > kEnough) break;
  }
  return text;
}

/// Its main section, which ends with an empty line, has a line that begins like this; names are
/// the same in upper and lower case (The Java Archive (JAR) Specification).
bool has_main_class(std::string_view text) {
  constexpr std::string_view kKey = "Main-Class:";
  while (!text.empty()) {
    const auto end = text.find_first_of("\r\n");
    const std::string_view line = text.substr(0, end);
    if (line.empty()) return false;
    if (line.size() > kKey.size() && ::strncasecmp(line.data(), kKey.data(), kKey.size()) == 0)
      return true;
    text.remove_prefix(std::min(line.size(), text.size()));
    if (text.starts_with('\r')) text.remove_prefix(1);
    if (text.starts_with('\n')) text.remove_prefix(1);
  }
  return false;
}

struct Marks {
  bool is_zip = false;
  bool has_web_inf = false;
  bool has_main = false;
  bool is_of_source = false;
};

Marks look(int archive) {
  ArchiveReader reader(archive, ArchiveReader::Form::source);
  Marks marks;
  std::size_t entries = 0;
  while (const auto member = reader.next()) {
    if (!reader.is_zip() || ++entries > kMaxEntries) return marks;
    marks.is_zip = true;
    const std::string_view path = member->path;
    if (path.starts_with("WEB-INF/")) marks.has_web_inf = true;
    if (path == "META-INF/MANIFEST.MF" && !member->is_encrypted)
      marks.has_main = has_main_class(manifest(reader));
    if (std::find(std::begin(kOfSources), std::end(kOfSources), path) != std::end(kOfSources))
      marks.is_of_source = true;
  }
  return marks;
}

}  // namespace

ArchiveContents::Kind recognise_archive(int archive, std::string_view name) {
  const Marks marks = look(archive);
  rewind(archive);
  const bool is_named = has_ending(name, ".jar") || has_ending(name, ".war");
  if (marks.is_zip && (is_named || !marks.is_of_source)) {
    if (marks.has_web_inf) return Kind::war;
    if (marks.has_main) return Kind::jar;
  }
  if (is_named)
    throw PushError(concat("'", printable(name), "' is neither a WAR nor a JAR that can be run",
                           "\na WAR has WEB-INF/, a JAR a Main-Class in META-INF/MANIFEST.MF; ",
                           "with a Procfile that says how to run it, put both into one zip"));
  return Kind::source;
}

}  // namespace hythe
