// SPDX-License-Identifier: Apache-2.0
#include "cli/setup_wishes.h"

#include <fcntl.h>
#include <sysexits.h>
#include <unistd.h>

#include <iostream>

#include "core/app_name.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/net/domain_name.h"
#include "lib/printable.h"
#include "model/key_ring.h"

namespace hythe {
namespace {

/// With room for an app's name in front of it.
bool is_base_domain(std::string_view text) {
  constexpr std::size_t kMost = 253 - AppName::kMaxLength - 1;
  return text.size() <= kMost && is_dns_name(text);
}

/// A file of root's choice, or stdin for "-".
PublicKey read_key(const std::string& path) {
  UniqueFd file;
  if (path != "-") file = open_file(path, O_RDONLY | O_NONBLOCK);
  std::string text;
  while (text.size() <= PublicKey::kMaxLength &&
         read_some(file ? file.get() : STDIN_FILENO, text)) {
  }
  return PublicKey::parse(text);
}

const std::string& require_name(const std::string& name) {
  if (is_key_name(name)) return name;
  throw PushError(concat("'", printable(name, 64), "' cannot name a key",
                         "\na name is 1 to 64 characters of A-Z, a-z, 0-9, '.', '_', '@' and "
                         "'-': --name NAME"),
                  EX_USAGE);
}

/// An empty answer keeps what is in brackets.
std::string answer_to(const std::string& question, const std::string& otherwise) {
  std::cout << question;
  if (!otherwise.empty()) std::cout << " [" << otherwise << ']';
  std::cout << ": " << std::flush;
  std::string answer;
  if (!std::getline(std::cin, answer))
    throw PushError("nobody answers: nothing was changed", EX_TEMPFAIL);
  return answer.empty() ? otherwise : answer;
}

}  // namespace

std::string parse_base_domain(const std::string& typed) {
  std::string domain = to_ascii_domain(typed);
  if (is_base_domain(domain)) return domain;
  throw PushError(concat("'", printable(typed, 80), "' cannot be a base domain",
                         "\nthe apps answer one level below it: shop.example.org below "
                         "example.org"),
                  EX_USAGE);
}

bool confirm(const std::string& question) {
  const std::string answer = answer_to(question, "no");
  return answer == "y" || answer == "yes";
}

SetupWishes SetupWishes::read(Arguments& arguments) {
  SetupWishes wishes;
  if (const auto domain = arguments.option("--domain"))
    wishes.domain = parse_base_domain(*domain);
  const auto key = arguments.option("--key");
  const auto name = arguments.option("--name");
  wishes.is_sure = arguments.flag("--yes");
  arguments.end();
  if (name && !key) arguments.usage_error("--name is the name of a --key");
  if (!key) return wishes;
  wishes.key = read_key(*key);
  // People know their key by its comment: alice@laptop.
  wishes.key_name = require_name(name ? *name : wishes.key->comment());
  return wishes;
}

void SetupWishes::ask(const Config& config, bool has_keys) {
  if (domain.empty()) {
    const std::string answer =
        answer_to("Base domain; the apps answer one level below it", config.base_domain);
    if (answer != config.base_domain) domain = parse_base_domain(answer);
  }
  if (key || has_keys) return;
  constexpr const char* kLater = "later";
  const std::string text =
      answer_to("Public key of who may push: a file, or the key itself", kLater);
  if (text == kLater) return;
  key = text.find(' ') == std::string::npos ? read_key(text) : PublicKey::parse(text);
  key_name = require_name(answer_to("Name of that key", key->comment()));
}

}  // namespace hythe
