// SPDX-License-Identifier: Apache-2.0
#include "model/forge/link.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/encoding.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"
#include "lib/process/child.h"
#include "lib/yaml.h"
#include "model/app.h"
#include "model/state.h"

namespace hythe {
namespace {

std::string path_of(const AppName& app) {
  return App::directory(app) + "/link.yml";
}

/// Of a token when the address does not say; both take any.
const char* usual_user(Forge forge) {
  return forge == Forge::github ? "x-access-token" : "oauth2";
}

}  // namespace

std::optional<Link> Link::load(const AppName& app) {
  if (::access(path_of(app).c_str(), F_OK) != 0) return std::nullopt;
  return read(path_of(app));
}

Link Link::require(const AppName& app) {
  if (auto link = load(app)) return std::move(*link);
  throw PushError(
      concat("'", app.view(), "' is not linked to a repository\nlink it: hythe link ",
             app.view(), " https://github.com/OWNER/NAME --branch main"),
      EX_NOINPUT);
}

Link Link::read(const std::string& path) {
  const Yaml file = load_state_file(path);
  return {.address = ForgeAddress::parse(file["url"].text()),
          .forge = parse_forge(file["forge"].text()),
          .branch = file["branch"].text(),
          .is_automatic = file["auto_deploy"].is_true(),
          .waits_for_ci = file["wait_for_ci"].is_true(),
          .has_deploy_key = file["deploy_key"].is_true(),
          .has_review_apps = file["review_apps"].is_true(),
          .has_fork_review_apps = file["review_apps_of_forks"].is_true(),
          .token = file["token"].text(),
          .webhook_secret = file["webhook_secret"].text()};
}

void Link::save(const AppName& app) const {
  write(path_of(app));
}

void Link::write(const std::string& path) const {
  std::string url = address.url();
  if (address.scheme == ForgeAddress::Scheme::https && !address.user.empty())
    url.insert(std::string_view("https://").size(), address.user + '@');
  Yaml file = begin_state_file();
  file.add("url", url)
      .add("forge", word(forge))
      .add("branch", branch)
      .add_flag("auto_deploy", is_automatic)
      .add_flag("wait_for_ci", waits_for_ci)
      .add_flag("deploy_key", has_deploy_key)
      .add_flag("review_apps", has_review_apps)
      .add_flag("review_apps_of_forks", has_fork_review_apps)
      .add("token", token)
      .add("webhook_secret", webhook_secret);
  replace_file(path, file.dump(), Durability::survives_power_cut);
}

void Link::remove(const AppName& app) {
  remove_half_written(path_of(app));
  for (const std::string& path :
       {path_of(app), deploy_key_of(app), deploy_key_of(app) + ".pub"})
    remove_file(path);
}

std::string Link::ref_of(const std::string& branch) {
  // One level, so that what one branch has left is in no other's way.
  std::string name = branch;
  std::replace(name.begin(), name.end(), '/', '%');
  return "refs/linked/" + name;
}

std::string Link::basic_credentials() const {
  if (token.empty()) return {};
  return base64(concat(address.user.empty() || address.scheme == ForgeAddress::Scheme::ssh
                           ? usual_user(forge)
                           : address.user.c_str(),
                       ':', token));
}

AppName linked_app(const AppName& app) {
  if (!App::exists(app)) return app;
  const auto review = App::load(app).review;
  return review ? review->parent : app;
}

std::string deploy_key_of(const AppName& app) {
  return App::directory(app) + "/deploy_key";
}

void make_deploy_key(const AppName& app) {
  const std::string path = deploy_key_of(app);
  if (!public_deploy_key(app).empty()) return;
  // The public half last: a key whose making was cut off is made again.
  const std::string made = path + ".new";
  remove_file(made);
  remove_file(made + ".pub");
  const ExitStatus status =
      Child::start({.argv = {paths::kSshKeygen, "-q", "-t", "ed25519", "-N", "", "-C",
                             concat("hythe-", app.view()), "-f", made}})
          .wait();
  if (!status.is_success())
    throw SystemError(EIO, "make a key: ssh-keygen ", status.describe());
  rename_file(made, path);
  rename_file(made + ".pub", path + ".pub");
}

std::string public_deploy_key(const AppName& app) {
  const std::string path = deploy_key_of(app) + ".pub";
  if (::access(path.c_str(), F_OK) != 0) return {};
  std::string line = read_file(path, 1U << 12U);
  line.resize(line.find_last_not_of('\n') + 1);
  return line;
}

}  // namespace hythe
