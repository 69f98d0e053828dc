// SPDX-License-Identifier: Apache-2.0
#include "inside/build/detection.h"

#include <algorithm>
#include <filesystem>
#include <span>

#include "inside/build/buildpack.h"
#include "inside/build/failure.h"
#include "inside/build/markers.h"
#include "inside/build/text.h"

namespace hythe::builder {
namespace {

/// Languages: an app that has several is worth a remark.
constexpr const char* kLanguages[] = {"go",  "gradle", "java", "nodejs",
                                      "php", "python", "ruby", "jar"};
/// Each of these only counts when nothing before it matched: many an app of a language has a
/// Makefile, an index.html and a Procfile as well.
constexpr const char* kOthers[] = {"static", "cmake", "make", "procfile"};

/// All at once: most of their time is that of bash starting.
std::vector<Chosen> matching(std::span<const char* const> candidates,
                             const std::vector<std::string>& names, const Layout& layout,
                             const Variables& environment) {
  struct Asked {
    std::string name;
    RunningProgram detect;
  };
  std::vector<Asked> asked;
  for (const std::string name : candidates)
    if (std::find(names.begin(), names.end(), name) != names.end())
      asked.push_back({name, Buildpack(name, layout.official + "/" + name)
                                 .start_detect(layout, environment, Stream::hidden)});
  std::vector<Chosen> matches;
  for (Asked& one : asked) {
    auto language = detected_language(one.detect.wait(kDetectOutputLimit), one.name);
    if (language)
      matches.push_back(
          {.address = BuildpackAddress::official(one.name), .language = std::move(language)});
  }
  return matches;
}

std::string also_matched(std::span<const Chosen> others) {
  std::vector<std::string> languages;
  for (const Chosen& other : others) languages.push_back(*other.language);
  return "Also matched: " + joined(languages) +
         ". To choose: BUILDPACK_NAME=" + others[0].address.name +
         ", or list several in .buildpacks";
}

}  // namespace

std::vector<std::string> installed_buildpacks(const Layout& layout) {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(layout.official, none))
    if (std::filesystem::exists(entry.path() / "bin/detect", none))
      names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

Chosen detect_buildpack(const Layout& layout, const Variables& environment) {
  const auto names = installed_buildpacks(layout);
  auto languages = matching(kLanguages, names, layout, environment);
  const bool are_languages = !languages.empty();
  auto matches =
      are_languages ? std::move(languages) : matching(kOthers, names, layout, environment);
  if (matches.empty()) throw BuildFailure(nothing_detected(layout.build_dir, names));
  if (are_languages && matches.size() > 1)
    matches[0].remark = also_matched(std::span(matches).subspan(1));
  return std::move(matches[0]);
}

}  // namespace hythe::builder
