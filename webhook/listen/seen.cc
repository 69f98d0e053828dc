// SPDX-License-Identifier: Apache-2.0
#include "webhook/listen/seen.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <sstream>

#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"

namespace hythe {

Seen Seen::load(const AppName& app) {
  Seen seen(concat(paths::kDeliveries, '/', app.view(), ".seen"));
  if (::access(seen.path_.c_str(), F_OK) != 0) return seen;
  std::istringstream file(read_file(seen.path_));
  for (std::string word; file >> word; ++seen.lines_) seen.remember(word);
  return seen;
}

void Seen::remember(const std::string& word) {
  if (!words_.insert(word).second) return;
  order_.push_back(word);
  if (order_.size() <= kKept) return;
  words_.erase(order_.front());
  order_.pop_front();
}

void Seen::add(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    remember(word);
    text += word + '\n';
  }
  lines_ += words.size();
  if (lines_ > 2 * kKept) {
    text.clear();
    for (const std::string& word : order_) text += word + '\n';
    replace_file(path_, text, Durability::survives_power_cut);
    lines_ = order_.size();
    return;
  }
  const UniqueFd file = open_file(path_, O_WRONLY | O_CREAT | O_APPEND);
  write_all(file.get(), text);
  if (::fsync(file.get()) != 0) throw SystemError(errno, "sync '", path_, "' to disk");
}

}  // namespace hythe
