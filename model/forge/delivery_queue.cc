// SPDX-License-Identifier: Apache-2.0
#include "model/forge/delivery_queue.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "core/decimal.h"
#include "core/paths.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"
#include "lib/file/file_lock.h"
#include "model/state.h"

namespace hythe {
namespace {

constexpr const char* kWaiting = ".yml";
constexpr const char* kTaken = ".taken";
constexpr const char* kUnreadable = ".unreadable";
constexpr const char* kLock = ".lock";

std::string path_of(const AppName& app, const char* suffix) {
  return concat(paths::kDeliveries, '/', app.view(), suffix);
}

std::uint64_t number(const Yaml& value) {
  return parse_decimal(value.text(), 1ULL << 50U).value_or(0);
}

std::optional<Delivery> load(const std::string& path) {
  if (::access(path.c_str(), F_OK) != 0) return std::nullopt;
  const Yaml file = load_state_file(path);
  return Delivery{.branch = file["branch"].text(),
                  .commit = file["commit"].text(),
                  .id = file["id"].text(),
                  .received = Milliseconds(number(file["received"])),
                  .count = number(file["count"]),
                  .attempts = number(file["attempts"]),
                  .request = number(file["request"]),
                  .parent = file["parent"].text()};
}

void save(const std::string& path, const Delivery& delivery) {
  Yaml file = begin_state_file();
  file.add("branch", delivery.branch)
      .add("commit", delivery.commit)
      .add("id", delivery.id)
      .add("received", std::to_string(delivery.received.count()))
      .add("count", std::to_string(delivery.count))
      .add("attempts", std::to_string(delivery.attempts));
  if (delivery.request != 0)
    file.add("request", std::to_string(delivery.request)).add("parent", delivery.parent);
  replace_file(path, file.dump(), Durability::survives_power_cut);
}

/// How many a delivery stands for that another one takes the place of, whatever is in it.
std::uint64_t count_of(const std::string& path) {
  try {
    const auto delivery = load(path);
    return delivery ? delivery->count : 0;
  } catch (const std::exception&) {
    return 0;
  }
}

std::optional<Delivery> load_or_set_aside(const AppName& app, const std::string& path) {
  const std::string aside = path_of(app, kUnreadable);
  try {
    return load(path);
  } catch (const PushError& error) {
    rename_file(path, aside);
    throw UnreadableDelivery(concat(error.what(), ": it is set aside as '", aside, "'"));
  }
}

}  // namespace

void DeliveryQueue::put(const AppName& app, Delivery delivery) {
  const std::string path = path_of(app, kWaiting);
  delivery.count += count_of(path);
  save(path, delivery);
}

std::vector<AppName> DeliveryQueue::apps() {
  std::vector<AppName> out;
  for (const auto& entry : std::filesystem::directory_iterator(paths::kDeliveries)) {
    const auto extension = entry.path().extension();
    if (extension != kWaiting && extension != kTaken) continue;
    const auto app = AppName::parse(entry.path().stem().string());
    if (app && std::find(out.begin(), out.end(), *app) == out.end()) out.push_back(*app);
  }
  return out;
}

bool DeliveryQueue::has_waiting(const AppName& app) {
  return ::access(path_of(app, kWaiting).c_str(), F_OK) == 0;
}

UniqueFd DeliveryQueue::lock(const AppName& app) {
  return open_removable_lock(path_of(app, kLock), "the deliveries of an app");
}

void DeliveryQueue::remove_lock(const AppName& app) {
  hythe::remove_lock(path_of(app, kLock));
}

std::optional<Delivery> DeliveryQueue::take(const AppName& app) {
  const std::string taken = path_of(app, kTaken);
  // What waits is newer than what was left, and stands for it: then that is not built at all.
  if (::access(taken.c_str(), F_OK) != 0 || has_waiting(app)) {
    if (!has_waiting(app)) return std::nullopt;
    rename_file(path_of(app, kWaiting), taken);
  }
  auto delivery = load_or_set_aside(app, taken);
  if (!delivery) return std::nullopt;
  ++delivery->attempts;
  save(taken, *delivery);
  return delivery;
}

void DeliveryQueue::finish(const AppName& app) {
  remove_file(path_of(app, kTaken));
}

void DeliveryQueue::forget(const AppName& app) {
  for (const char* suffix : {kWaiting, kTaken, kUnreadable, ".seen"})
    remove_file(path_of(app, suffix));
  std::error_code missing;
  std::filesystem::remove_all(path_of(app, ".requests"), missing);
  remove_lock(app);  // or else who has it does
}

}  // namespace hythe
