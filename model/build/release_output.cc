// SPDX-License-Identifier: Apache-2.0
#include "model/build/release_output.h"

#include <algorithm>
#include <optional>

#include "core/process_name.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "model/env_name.h"

namespace hythe {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// "key: rest" or "key:", with the key quoted or not.
struct Entry {
  std::string_view key;
  std::string_view value;
};

std::optional<Entry> parse_entry(std::string_view text) {
  std::size_t end = 0;
  std::string_view key;
  if (text.starts_with('"') || text.starts_with('\'')) {
    const auto quote = text.find(text.front(), 1);
    if (quote == std::string_view::npos) return std::nullopt;
    key = text.substr(1, quote - 1);
    end = quote + 1;
  } else {
    // Only a colon before a blank ends a key: "http://…" is text.
    while (end < text.size() && text[end] != ':' && text[end] != ' ' && text[end] != '\t')
      ++end;
    key = text.substr(0, end);
  }
  if (key.empty() || end >= text.size() || text[end] != ':') return std::nullopt;
  const std::string_view rest = text.substr(end + 1);
  if (!rest.empty() && rest.front() != ' ' && rest.front() != '\t') return std::nullopt;
  return Entry{key, trim(rest)};
}

char unescape(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    default:
      return c;
  }
}

std::string unquote(std::string_view text) {
  if (text.size() < 2 || text.front() != text.back()) return std::string(text);
  const char quote = text.front();
  if (quote != '\'' && quote != '"') return std::string(text);
  const std::string_view inner = text.substr(1, text.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < inner.size(); ++i) {
    const bool has_next = i + 1 < inner.size();
    if (quote == '\'' && inner[i] == '\'' && has_next && inner[i + 1] == '\'')
      out += inner[++i - 1];
    else if (quote == '"' && inner[i] == '\\' && has_next)
      out += unescape(inner[++i]);
    else
      out += inner[i];
  }
  return out;
}

/// A quoted value whose closing quote has not come yet goes on in the next line, whatever
/// that looks like.
bool is_open_quote(std::string_view text) {
  if (text.empty() || (text.front() != '\'' && text.front() != '"')) return false;
  bool open = true;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text.front() == '"' && text[i] == '\\')
      ++i;
    else if (text[i] == text.front())
      open = !open;
  }
  return open;
}

/// YAML's fold: lines are joined with one blank; a double-quoted one that ends in a
/// backslash, with nothing.
void join(std::string& value, std::string_view more) {
  if (value == "|" || value == ">" || value == "|-" || value == ">-" || value == "|+" ||
      value == ">+") {
    value.clear();
  }
  if (value.starts_with('"') && value.ends_with('\\') && is_open_quote(value))
    value.pop_back();
  else if (!value.empty())
    value += ' ';
  value += more;
}

/// Splits the text into sections of keys and list items.
class Reader {
 public:
  struct Item {
    std::string section;
    std::string key;  // empty for an item of a list
    std::string value;
  };

  [[nodiscard]] std::vector<Item> read(std::string_view text) {
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      line(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return std::move(items_);
  }

 private:
  void line(std::string_view raw) {
    const std::string_view text = trim(raw);
    if (!items_.empty() && is_continued_ && is_open_quote(items_.back().value)) {
      join(items_.back().value, text);
      return;
    }
    if (text.empty() || text.front() == '#' || text == "---" || text == "{}" ||
        text == "--- {}" || text == "...")
      return;
    const bool is_indented = raw.front() == ' ' || raw.front() == '\t';
    if (text == "-" || text.starts_with("- ")) {
      add("", trim(text.substr(1)));
    } else if (const auto entry = parse_entry(text)) {
      if (is_indented)
        add(entry->key, entry->value);
      else
        open_section(*entry);
    } else if (is_indented && is_continued_) {
      join(items_.back().value, text);
    }
  }

  void open_section(const Entry& entry) {
    section_ = entry.key;
    is_continued_ = false;
    std::string_view list = entry.value;
    if (!list.starts_with('[') || !list.ends_with(']')) return;
    list = list.substr(1, list.size() - 2);
    while (!list.empty()) {
      const auto comma = std::min(list.find(','), list.size());
      if (const auto item = trim(list.substr(0, comma)); !item.empty()) add("", item);
      list.remove_prefix(std::min(comma + 1, list.size()));
    }
    is_continued_ = false;
  }

  void add(std::string_view key, std::string_view value) {
    if (section_.empty()) return;
    items_.push_back({section_, std::string(key), std::string(value)});
    is_continued_ = true;
  }

  std::string section_;
  bool is_continued_ = false;  // the last item may go on in the next line
  std::vector<Item> items_;
};

void set_type(ReleaseOutput& out, const std::string& type, std::string command) {
  const auto unusable = [](unsigned char c) { return c < 0x20 || c == 0x7F; };
  std::replace(command.begin(), command.end(), '\n', ' ');
  if (!ProcessName::is_type(type) || command.empty() || command == "null" || command == "~" ||
      std::any_of(command.begin(), command.end(), unusable)) {
    out.warnings.push_back(
        concat("the buildpack's default for '", printable(type), "' is unusable, ignoring"));
    return;
  }
  auto& types = out.default_process_types;
  const auto same =
      std::find_if(types.begin(), types.end(), [&](const auto& p) { return p.type == type; });
  if (same != types.end())
    same->command = std::move(command);
  else if (types.size() < Procfile::kMaxTypes)
    types.push_back({type, std::move(command)});
}

void set_variable(ReleaseOutput& out, const std::string& name, std::string value) {
  if (!is_exported_env_name(name) || value.size() > kMaxEnvValueLength ||
      value.find('\0') != std::string::npos) {
    out.warnings.push_back(
        concat("the buildpack's variable '", printable(name), "' is unusable, ignoring"));
    return;
  }
  auto& vars = out.config_vars;
  const auto same =
      std::find_if(vars.begin(), vars.end(), [&](const auto& v) { return v.first == name; });
  if (same != vars.end())
    same->second = std::move(value);
  else
    vars.emplace_back(name, std::move(value));
}

}  // namespace

ReleaseOutput ReleaseOutput::parse(std::string_view text) {
  ReleaseOutput out;
  for (const Reader::Item& item : Reader().read(text)) {
    std::string value = unquote(item.value);
    if (item.section == "default_process_types" && !item.key.empty())
      set_type(out, item.key, std::move(value));
    else if (item.section == "config_vars" && !item.key.empty())
      set_variable(out, item.key, std::move(value));
    else if (item.section == "addons" && item.key.empty() && !value.empty())
      out.addons.push_back(std::move(value));
  }
  return out;
}

}  // namespace hythe
