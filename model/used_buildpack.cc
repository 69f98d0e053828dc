// SPDX-License-Identifier: Apache-2.0
#include "model/used_buildpack.h"

#include "lib/errors.h"
#include "lib/yaml.h"

namespace hythe {

std::string UsedBuildpack::describe() const {
  constexpr std::size_t kShort = 7;
  if (url.empty()) return name;
  return version.empty() ? url : concat(url, " (", version.substr(0, kShort), ')');
}

std::string describe(const UsedBuildpacks& buildpacks) {
  std::string text;
  for (const UsedBuildpack& buildpack : buildpacks)
    text += (text.empty() ? "" : ", ") + buildpack.describe();
  return text;
}

Yaml to_yaml(const UsedBuildpacks& buildpacks) {
  Yaml list;
  for (const UsedBuildpack& buildpack : buildpacks) {
    Yaml entry;
    entry.add("name", buildpack.name).add("language", buildpack.language);
    if (!buildpack.url.empty()) entry.add("url", buildpack.url);
    if (!buildpack.version.empty()) entry.add("version", buildpack.version);
    if (!buildpack.report.empty()) entry.add("report", buildpack.report);
    list.append(std::move(entry));
  }
  return list;
}

UsedBuildpacks used_buildpacks(const Yaml& list) {
  UsedBuildpacks buildpacks;
  for (const Yaml& entry : list.items())
    buildpacks.push_back({.name = entry["name"].text(),
                          .url = entry["url"].text(),
                          .version = entry["version"].text(),
                          .language = entry["language"].text(),
                          .report = entry["report"].text()});
  return buildpacks;
}

}  // namespace hythe
