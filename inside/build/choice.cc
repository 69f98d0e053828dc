// SPDX-License-Identifier: Apache-2.0
#include "inside/build/choice.h"

#include <algorithm>
#include <filesystem>
#include <span>

#include "inside/build/buildpack.h"
#include "inside/build/buildpack_list.h"
#include "inside/build/failure.h"
#include "inside/build/markers.h"
#include "inside/build/text.h"
#include "inside/build/tree.h"
#include "inside/build_report.h"

namespace hythe::builder {
namespace {

namespace fs = std::filesystem;

/// Languages: an app that has several is worth a remark.
constexpr const char* kLanguages[] = {"go",  "gradle", "java", "nodejs",
                                      "php", "python", "ruby", "jar"};
/// Each of these only counts when nothing before it matched: many an app of a language has a
/// Makefile, an index.html and a Procfile as well.
constexpr const char* kOthers[] = {"static", "cmake", "make", "procfile"};

/// What the buildpacks of other platforms are called.
struct Synonym {
  const char* theirs;
  const char* ours;
};
constexpr Synonym kSynonyms[] = {
    {"node", "nodejs"},  {"node.js", "nodejs"}, {"golang", "go"},    {"java-jar", "jar"},
    {"java-war", "jar"}, {"maven", "java"},     {"nginx", "static"}, {"null", "procfile"},
};

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

/// `asked_by` is for messages.
Chosen named(const std::string& asked, const std::string& asked_by, const Layout& layout) {
  std::string name = lower_case(asked);
  for (const Synonym& synonym : kSynonyms)
    if (name == synonym.theirs) name = synonym.ours;
  const auto names = installed(layout);
  if (!contains(names, name))
    throw BuildFailure("there is no buildpack '" + visible(asked) + "', which " + asked_by +
                       " asks for\nthere are: " + joined(names) +
                       ", and any other by its address");
  return {.address = BuildpackAddress::official(name)};
}

std::vector<Chosen> listed(const std::vector<std::string>& lines, const std::string& asked_by,
                           const Layout& layout) {
  std::vector<Chosen> chosen;
  for (const std::string& line : lines) {
    auto address = BuildpackAddress::parse(line);
    if (!address)
      throw BuildFailure("'" + shown_as_typed(line) + "', which " + asked_by +
                         " asks for, is no address of a buildpack\nit may be an https or git "
                         "address with #branch, a .tgz, ./a/directory of the app, or one of " +
                         joined(installed(layout)));
    if (address->kind == BuildpackAddress::Kind::official)
      chosen.push_back(named(address->location, asked_by, layout));
    else
      chosen.push_back({.address = std::move(*address)});
  }
  if (chosen.size() > build_report::kMaxBuildpacks)
    throw BuildFailure(asked_by + " asks for more than " +
                       std::to_string(build_report::kMaxBuildpacks) + " buildpacks");
  return chosen;
}

/// The buildpack that runs those in .buildpacks, which is what we do ourselves.
bool is_multi(const std::string& url) {
  const auto address = BuildpackAddress::parse(url);
  if (!address) return false;
  const std::string name = lower_case(address->name);
  return name == "multi" || name == "multi-buildpack" || name == "buildpack-multi" ||
         name == "heroku-buildpack-multi";
}

}  // namespace

std::vector<Chosen> choose_buildpack(const std::string& address, const Layout& layout) {
  return listed({address}, "the option 'buildpack'", layout);
}

std::vector<Chosen> choose_buildpacks(const Layout& layout, const Variables& app,
                                      const Variables& environment) {
  const auto list = parse_lines(file_text(layout.build_dir + "/.buildpacks"));
  if (const std::string url = value_of(app, "BUILDPACK_URL"); !url.empty() && !is_multi(url))
    return listed({url}, "BUILDPACK_URL", layout);
  if (const std::string name = value_of(app, "BUILDPACK_NAME");
      !name.empty() && !is_multi(name))
    return {named(name, "BUILDPACK_NAME", layout)};
  if (!list.empty()) return listed(list, "'.buildpacks'", layout);
  for (const std::string manifest : {"scalingo.json", "app.json"})
    if (const auto lines =
            buildpacks_of_manifest(layout.build_dir + "/" + manifest, environment);
        !lines.empty())
      return listed(lines, "'" + manifest + "'", layout);
  return detect(layout, environment);
}

}  // namespace hythe::builder
