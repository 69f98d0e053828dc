// SPDX-License-Identifier: Apache-2.0
#include "inside/build/markers.h"

#include <strings.h>

#include <algorithm>
#include <filesystem>

#include "inside/build/tree.h"

namespace hythe::builder {
namespace {

namespace fs = std::filesystem;

/// The files that buildpacks are known to look for; their bin/detect decides, not this. A
/// name that begins with '.' is a suffix.
struct Marker {
  const char* buildpack;
  const char* name;
};
constexpr Marker kMarkers[] = {
    {"go", "go.mod"},
    {"go", "go.work"},
    {"gradle", "gradlew"},
    {"gradle", "build.gradle"},
    {"gradle", "build.gradle.kts"},
    {"java", "pom.xml"},
    {"nodejs", "package.json"},
    {"php", "composer.json"},
    {"php", "index.php"},
    {"python", "requirements.txt"},
    {"python", "pyproject.toml"},
    {"python", "Pipfile"},
    {"python", "Pipfile.lock"},
    {"python", "poetry.lock"},
    {"python", "uv.lock"},
    {"python", "setup.py"},
    {"python", "runtime.txt"},
    {"python", "manage.py"},
    {"python", "app.py"},
    {"python", "main.py"},
    {"python", "server.py"},
    {"ruby", "Gemfile"},
    {"jar", ".jar"},
    {"jar", ".war"},
    {"static", "static.json"},
    {"static", "Staticfile"},
    {"static", "index.html"},
    {"cmake", "CMakeLists.txt"},
    {"make", "Makefile"},
    {"make", "makefile"},
    {"make", "GNUmakefile"},
    {"procfile", "Procfile"},
};

constexpr std::size_t kShownNames = 20;

struct Entry {
  std::string name;
  bool is_directory;
};

std::vector<Entry> list(const fs::path& directory) {
  std::vector<Entry> entries;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(directory, none))
    entries.push_back({entry.path().filename(), is_real_directory(entry.path())});
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

std::string describe(const std::vector<Entry>& entries) {
  if (entries.empty()) return "The source is empty.";
  std::string text = "At its root there are:";
  for (std::size_t i = 0; i < std::min(entries.size(), kShownNames); ++i)
    text += "\n  " + visible(entries[i].name) + (entries[i].is_directory ? "/" : "");
  if (entries.size() > kShownNames)
    text += "\n  and " + std::to_string(entries.size() - kShownNames) + " more";
  return text;
}

std::string describe_markers(const std::vector<std::string>& installed) {
  std::string text;
  for (const std::string& buildpack : installed) {
    std::string names;
    for (const Marker& marker : kMarkers)
      if (buildpack == marker.buildpack)
        names += (names.empty() ? "" : ", ") + std::string(marker.name[0] == '.' ? "*" : "") +
                 marker.name;
    if (!names.empty()) text += "\n  " + buildpack + ": " + names;
  }
  return text.empty() ? "" : "\nBuildpacks look for these files:" + text;
}

std::string wrong_case_hint(const std::vector<Entry>& entries) {
  for (const Entry& entry : entries)
    for (const Marker& marker : kMarkers)
      if (entry.name != marker.name && ::strcasecmp(entry.name.c_str(), marker.name) == 0)
        return "\nIs '" + entry.name + "' meant to be '" + marker.name + "'? Case matters.";
  return "";
}

std::string subdirectory_hint(const fs::path& root, const std::vector<Entry>& entries) {
  std::error_code none;
  for (const Entry& entry : entries)
    for (const Marker& marker : kMarkers)
      if (entry.is_directory && marker.name[0] != '.' &&
          fs::is_regular_file(root / entry.name / marker.name, none))
        return "\nThere is a '" + std::string(marker.name) + "' in '" + visible(entry.name) +
               "/': if the app is there, set PROJECT_DIR=" + visible(entry.name);
  return "";
}

}  // namespace

std::string nothing_detected(const std::string& build_dir,
                             const std::vector<std::string>& installed) {
  const auto entries = list(build_dir);
  return "We didn't find the type of technology you are using.\n" + describe(entries) +
         describe_markers(installed) + wrong_case_hint(entries) +
         subdirectory_hint(build_dir, entries);
}

}  // namespace hythe::builder
