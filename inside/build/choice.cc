// SPDX-License-Identifier: Apache-2.0
#include "inside/build/choice.h"

#include <algorithm>

#include "core/lower_case.h"
#include "inside/build/buildpack_list.h"
#include "inside/build/detection.h"
#include "inside/build/failure.h"
#include "inside/build/text.h"
#include "inside/build/tree.h"
#include "inside/build_report.h"

namespace hythe::builder {
namespace {

/// What the buildpacks of other platforms are called.
struct Synonym {
  const char* theirs;
  const char* ours;
};
constexpr Synonym kSynonyms[] = {
    {"node", "nodejs"},  {"node.js", "nodejs"}, {"golang", "go"},    {"java-jar", "jar"},
    {"java-war", "jar"}, {"maven", "java"},     {"nginx", "static"}, {"null", "procfile"},
};

/// `asked_by` is for messages.
Chosen named(const std::string& asked, const std::string& asked_by, const Layout& layout) {
  std::string name = lower_case(asked);
  for (const Synonym& synonym : kSynonyms)
    if (name == synonym.theirs) name = synonym.ours;
  const auto names = installed_buildpacks(layout);
  if (std::find(names.begin(), names.end(), name) == names.end())
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
                         joined(installed_buildpacks(layout)));
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

/// The lines of what says which buildpacks are to run, and what that is, for messages.
struct Asked {
  std::vector<std::string> lines;
  std::string by;
};

/// What the files of one directory ask for, if anything.
std::optional<Asked> asked_in(const std::string& directory, const Variables& environment) {
  if (auto lines = parse_lines(file_text(directory + "/.buildpacks")); !lines.empty())
    return Asked{std::move(lines), "'.buildpacks'"};
  for (const std::string manifest : {"scalingo.json", "app.json"})
    if (auto lines = buildpacks_of_manifest(directory + "/" + manifest, environment);
        !lines.empty())
      return Asked{std::move(lines), "'" + manifest + "'"};
  return std::nullopt;
}

/// Of the app itself, then of the directories above it in the source.
std::optional<Asked> asked_in_files(const Layout& layout, const Variables& environment) {
  auto asked = asked_in(layout.build_dir, environment);
  for (int level = 1; !asked && is_real_directory(layout.above(level)); ++level)
    asked = asked_in(layout.above(level), environment);
  return asked;
}

}  // namespace

std::vector<Chosen> choose_buildpack(const std::string& address, const Layout& layout) {
  return listed({address}, "the option 'buildpack'", layout);
}

std::vector<Chosen> choose_buildpacks(const Layout& layout, const Variables& app,
                                      const Variables& environment) {
  const std::string url = value_of(app, "BUILDPACK_URL");
  const std::string name = value_of(app, "BUILDPACK_NAME");
  if (!url.empty() && !is_multi(url)) return listed({url}, "BUILDPACK_URL", layout);
  if (url.empty() && !name.empty() && !is_multi(name))
    return {named(name, "BUILDPACK_NAME", layout)};
  if (const auto asked = asked_in_files(layout, environment))
    return listed(asked->lines, asked->by, layout);
  if (!url.empty() || !name.empty())
    throw BuildFailure(
        std::string(url.empty() ? "BUILDPACK_NAME" : "BUILDPACK_URL") +
        " asks for several buildpacks, and no '.buildpacks' says which\nadd that "
        "file, with an address a line, or unset the variable");
  return {detect_buildpack(layout, environment)};
}

}  // namespace hythe::builder
