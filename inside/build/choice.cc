// SPDX-License-Identifier: Apache-2.0
#include "inside/build/choice.h"

#include <algorithm>
#include <filesystem>
#include <span>

#include "inside/build/buildpack.h"
#include "inside/build/failure.h"
#include "inside/build/markers.h"
#include "inside/build/tree.h"

namespace hythe::builder {
namespace {

namespace fs = std::filesystem;

/// Languages: an app that has several is worth a remark.
constexpr const char* kLanguages[] = {"go",  "gradle", "java", "nodejs",
                                      "php", "python", "ruby", "jar"};
/// Each of these only counts when nothing before it matched: many an app of a language has a
/// Makefile, an index.html and a Procfile as well.
constexpr const char* kOthers[] = {"static", "cmake", "make", "procfile"};

std::string value_of(const Variables& variables, std::string_view name) {
  const auto found = variables.find(name);
  return found == variables.end() ? "" : found->second;
}

std::vector<std::string> installed(const Layout& layout) {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(layout.official, none))
    if (fs::exists(entry.path() / "bin/detect", none)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

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
    if (contains(names, name))
      asked.push_back({name, Buildpack(name, layout.official + "/" + name)
                                 .start_detect(layout, environment, Stream::hidden)});
  std::vector<Chosen> matches;
  for (Asked& one : asked) {
    auto language = detected_language(one.detect.wait(kDetectOutputLimit), one.name);
    if (language) matches.push_back({.name = one.name, .language = std::move(language)});
  }
  return matches;
}

std::string also_matched(std::span<const Chosen> others) {
  std::vector<std::string> languages;
  for (const Chosen& other : others) languages.push_back(*other.language);
  return "Also matched: " + joined(languages) + ". To choose: BUILDPACK_NAME=" + others[0].name;
}

std::vector<Chosen> detect(const Layout& layout, const Variables& environment) {
  const auto names = installed(layout);
  auto languages = matching(kLanguages, names, layout, environment);
  const bool are_languages = !languages.empty();
  auto matches =
      are_languages ? std::move(languages) : matching(kOthers, names, layout, environment);
  if (matches.empty()) throw BuildFailure(nothing_detected(layout.build_dir, names));
  if (are_languages && matches.size() > 1)
    matches[0].remark = also_matched(std::span(matches).subspan(1));
  return {matches[0]};
}

std::vector<Chosen> named(std::string name, const Layout& layout) {
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const auto names = installed(layout);
  if (!contains(names, name))
    throw BuildFailure("there is no buildpack '" + visible(name) +
                       "', which BUILDPACK_NAME asks for\nthere are: " + joined(names));
  return {{.name = name, .language = std::nullopt}};
}

}  // namespace

std::vector<Chosen> choose_buildpacks(const Layout& layout, const Variables& app,
                                      const Variables& environment) {
  if (!value_of(app, "BUILDPACK_URL").empty())
    throw BuildFailure("custom buildpacks are not supported yet: BUILDPACK_URL is set");
  if (const std::string name = value_of(app, "BUILDPACK_NAME"); !name.empty())
    return named(name, layout);
  std::error_code none;
  if (fs::exists(layout.build_dir + "/.buildpacks", none))
    throw BuildFailure(
        "custom buildpacks are not supported yet: there is a '.buildpacks' file");
  return detect(layout, environment);
}

}  // namespace hythe::builder
