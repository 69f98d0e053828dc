// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/nginx_files.h"

#include <unistd.h>

#include "core/paths.h"
#include "helpers/die.h"
#include "helpers/route/nginx_text.h"
#include "helpers/text.h"

namespace hythe::route_helper {

using root::PathText;

namespace {

constexpr mode_t kMode = 0644;  // as everything below /etc/nginx

}  // namespace

NginxFiles NginxFiles::open() noexcept {
  if (::access(paths::kNginx, X_OK) != 0) root::die(EX_UNAVAILABLE, "nginx is not installed");
  return NginxFiles(root::Directory::make(paths::kNginxApps, 0755));
}

std::optional<std::string_view> NginxFiles::read(const AppName& app,
                                                 std::span<char> memory) const noexcept {
  return directory_.read(PathText(app.view(), kSuffix).c_str(), memory);
}

std::string_view NginxFiles::read_previous(const AppName& app,
                                           std::span<char> memory) const noexcept {
  return directory_.read(PathText(app.view(), kAside).c_str(), memory)
      .value_or(std::string_view());
}

bool NginxFiles::has(const AppName& app) const noexcept {
  return directory_.contains(PathText(app.view(), kSuffix).c_str());
}

void NginxFiles::install(const AppName& app, std::string_view text) const noexcept {
  const PathText file(app.view(), kSuffix);
  const PathText aside(app.view(), kAside);
  char memory[kMaxNginxText];
  directory_.replace(aside.c_str(), kMode, read(app, memory).value_or(std::string_view()));
  if (!text.empty()) return directory_.replace(file.c_str(), kMode, text);
  directory_.remove(file.c_str());
  directory_.sync();
}

void NginxFiles::keep() const noexcept {
  for_each_with(kAside, [this](const AppName& app) {
    directory_.remove(PathText(app.view(), kAside).c_str());
  });
}

void NginxFiles::take_back() const noexcept {
  for_each_unsettled_app([this](const AppName& app) { take_back(app); });
  directory_.sync();
}

void NginxFiles::take_back(const AppName& app) const noexcept {
  const PathText file(app.view(), kSuffix);
  const PathText aside(app.view(), kAside);
  if (directory_.size(aside.c_str()) == 0)
    directory_.remove(file.c_str());
  else
    return directory_.rename(aside.c_str(), file.c_str());
  directory_.remove(aside.c_str());
}

bool NginxFiles::is_unsettled(const AppName& app) const noexcept {
  return directory_.contains(PathText(app.view(), kAside).c_str());
}

}  // namespace hythe::route_helper
