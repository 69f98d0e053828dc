// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <iostream>

#include "cli/commands.h"
#include "cli/print_field.h"
#include "core/decimal.h"
#include "lib/errors.h"
#include "lib/git/git_repository.h"
#include "lib/printable.h"
#include "lib/units.h"
#include "model/app.h"
#include "model/differences.h"
#include "model/release.h"
#include "pipeline/rollback.h"

namespace hythe {
namespace {

constexpr std::size_t kSubjects = 20;

Release load(const AppName& app, const std::string& text) {
  const auto number = parse_decimal(text, kMaxNumber);
  if (!number)
    throw PushError(concat("'", printable(text, 20), "' is not the number of a release",
                           "\nwhat there is: hythe releases ", app.view()),
                    EX_USAGE);
  return Release::load(app, static_cast<Number>(*number));
}

void print_fields(const char* what, const Differences& differences) {
  if (differences.empty()) print_field(what, "the same");
  for (const std::string& difference : differences) {
    print_field(what, difference);
    what = "";
  }
}

std::string change(const std::string& from, const std::string& to) {
  return from == to ? from + ", the same" : concat(from, " -> ", to);
}

std::string counted(std::size_t count) {
  return concat(count, count == 1 ? " commit" : " commits");
}

/// "+ abc1234 its subject", for each commit that came or went.
void add_subjects(Differences& lines, const char* sign, const Commits& commits) {
  for (const Commit& commit : commits.newest)
    lines.push_back(
        concat(sign, ' ', commit.oid.short_text(), ' ', printable(commit.summary, 60)));
  if (commits.count > commits.newest.size())
    lines.push_back(concat(sign, " and ", commits.count - commits.newest.size(), " more"));
}

/// What it was called says less of an archive than its sum does.
std::string with_sum(const Release& release) {
  if (!release.archive) return release.source();
  return concat(release.source(), ", sha256 ", release.archive->sha256.substr(0, 12));
}

Differences in_commits(const Release& from, const Release& to) {
  if (from.archive || to.archive) return {change(with_sum(from), with_sum(to))};
  const std::string both = change(from.commit.substr(0, 7), to.commit.substr(0, 7));
  if (from.commit == to.commit) return {both};
  const auto repository = GitRepository::open(App::repository(to.app));
  const auto old_tip = Oid::parse(from.commit);
  const auto new_tip = Oid::parse(to.commit);
  const auto came =
      old_tip && new_tip ? repository.between(*old_tip, *new_tip, kSubjects) : std::nullopt;
  const auto went = came ? repository.between(*new_tip, *old_tip, kSubjects) : std::nullopt;
  if (!went) return {both, "what is between them is not in the repository"};
  Differences lines = {
      concat(both, ", ", counted(came->count),
             went->count == 0 ? "" : concat(", without ", counted(went->count)))};
  add_subjects(lines, "+", *came);
  add_subjects(lines, "-", *went);
  return lines;
}

std::string sizes(const Release& from, const Release& to) {
  const std::string both = change(format_size(from.size), format_size(to.size));
  if (from.size == to.size) return both;
  return concat(both, to.size > from.size ? ", +" : ", -",
                format_size(to.size > from.size ? to.size - from.size : from.size - to.size));
}

}  // namespace

int diff(Arguments& arguments, const Caller&) {
  const App app = App::load(arguments.app());
  const auto first = arguments.optional_word();
  const auto second = arguments.optional_word();
  arguments.end();
  const Release from =
      first ? load(app.name, *first) : Release::load(app.name, rollback_target(app));
  const Release to = second ? load(app.name, *second) : Release::load(app.name, app.release);
  print_field("release", concat(from.number, " -> ", to.number));
  print_fields(from.archive || to.archive ? "source" : "commit", in_commits(from, to));
  print_fields("buildpacks", in_buildpacks(from, to));
  print_field("stack", change(from.stack, to.stack));
  print_fields("processes", in_process_types(from, to));
  print_fields("jobs", in_jobs(from, to));
  print_fields("variables", in_variables(from, to));
  print_field("size", sizes(from, to));
  return EX_OK;
}

}  // namespace hythe
