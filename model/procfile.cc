// SPDX-License-Identifier: Apache-2.0
#include "model/procfile.h"

#include <algorithm>
#include <optional>

#include "core/lower_case.h"
#include "core/process_name.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// Takes the next line off `rest`, without its "\n" or "\r\n".
std::string_view take_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7F';
  });
}

/// Heroku's idea of a name, which is wider than ours: a line without one is no process type.
bool could_be_type(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '_';
  });
}

/// nullopt when the line is not of the form TYPE: COMMAND, which begins at its very beginning.
std::optional<ProcessCommand> parse_line(std::string_view line, std::size_t number) {
  const auto refuse = [number](const auto&... parts) {
    return PushError(concat("Procfile line ", number, ": ", parts...));
  };
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view type = line.substr(0, colon);
  const std::string_view command = trim(line.substr(colon + 1));
  if (!could_be_type(type) || command.empty()) return std::nullopt;
  if (has_control_character(command))
    throw refuse("a control character in '", printable(command), "'");
  if (!ProcessName::is_type(type))
    throw refuse("'", printable(type),
                 "' cannot be a process type here: a letter, then at most ",
                 ProcessName::kMaxTypeLength - 1, " letters, digits, '-' and '_'\nrename it");
  return ProcessCommand{std::string(type), std::string(command)};
}

void add(Procfile& procfile, ProcessCommand process, std::size_t number) {
  auto& known = procfile.processes;
  const auto same = std::find_if(known.begin(), known.end(),
                                 [&](const auto& p) { return p.type == process.type; });
  if (same != known.end()) {
    procfile.warnings.push_back(concat("Procfile line ", number, ": '", process.type,
                                       "' is there twice, ignoring the earlier one"));
    *same = std::move(process);
    return;
  }
  if (known.size() == Procfile::kMaxTypes)
    throw PushError(concat("Procfile line ", number, ": more than ", Procfile::kMaxTypes,
                           " process types"));
  const std::string lower = lower_case(process.type);
  if ((lower == "web" || lower == "tcp" || lower == "postdeploy") && lower != process.type)
    procfile.warnings.push_back(concat("Procfile line ", number, ": '", process.type,
                                       "' is not '", lower, "', which is special"));
  known.push_back(std::move(process));
}

}  // namespace

Procfile Procfile::parse(std::string_view bytes) {
  if (bytes.size() > kMaxBytes)
    throw PushError(concat("the Procfile has ", bytes.size(), " bytes, more than ", kMaxBytes));
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());

  Procfile procfile;
  for (std::size_t number = 1; !bytes.empty(); ++number) {
    const std::string_view line = take_line(bytes);
    const std::string_view text = trim(line);
    if (text.empty() || text.front() == '#') continue;
    if (auto process = parse_line(line, number))
      add(procfile, *std::move(process), number);
    else
      procfile.warnings.push_back(concat("Procfile line ", number, ": '", printable(text, 80),
                                         "' is not 'TYPE: COMMAND', ignoring it"));
  }
  return procfile;
}

}  // namespace hythe
