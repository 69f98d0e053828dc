// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/app_name.h"
#include "helpers/directory.h"

namespace hythe::route_helper {

/// The generated files, /etc/nginx/hythe/APP.conf, which nginx reads at its next reload or
/// start. A change is kept or taken back as a whole: until keep(), a copy of the file that was
/// there lies beside as APP.aside (an empty one: there was none), and take_back() puts it
/// back, also for a process that was killed. nginx reads *.conf only. Change them under
/// lock_nginx().
class NginxFiles {
 public:
  [[nodiscard]] static NginxFiles open() noexcept;

  /// An app's file; nothing when there is none.
  [[nodiscard]] std::optional<std::string_view> read(const AppName& app,
                                                     std::span<char> memory) const noexcept;
  /// What read() returned before a change that is neither kept nor taken back.
  [[nodiscard]] std::string_view read_previous(const AppName& app,
                                               std::span<char> memory) const noexcept;
  [[nodiscard]] bool has(const AppName& app) const noexcept;
  /// Puts a text in place, or takes the file away if the text is empty. At every moment the
  /// old file or the new one is there, whole.
  void install(const AppName& app, std::string_view text) const noexcept;
  void keep() const noexcept;
  void take_back() const noexcept;
  void take_back(const AppName& app) const noexcept;
  /// Whether a change of this app was neither kept nor taken back.
  [[nodiscard]] bool is_unsettled(const AppName& app) const noexcept;

  template <class Visit>
  void for_each_app(Visit visit) const noexcept {
    for_each_with(kSuffix, visit);
  }
  template <class Visit>
  void for_each_unsettled_app(Visit visit) const noexcept {
    for_each_with(kAside, visit);
  }

 private:
  static constexpr std::string_view kSuffix = ".conf";
  static constexpr std::string_view kAside = ".aside";

  explicit NginxFiles(root::Directory directory) noexcept : directory_(std::move(directory)) {}
  template <class Visit>
  void for_each_with(std::string_view suffix, Visit visit) const noexcept {
    directory_.for_each([&](const char* name) {
      std::string_view stem(name);
      if (!stem.ends_with(suffix)) return;
      stem.remove_suffix(suffix.size());
      if (const auto app = AppName::parse(stem)) visit(*app);
    });
  }
  root::Directory directory_;
};

}  // namespace hythe::route_helper
