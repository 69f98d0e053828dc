// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <iostream>
#include <string>

#include "cli/commands.h"
#include "cli/one_off_relay.h"
#include "cli/run_request.h"
#include "core/paths.h"
#include "lib/errors.h"
#include "lib/terminal/terminal.h"
#include "lib/units.h"
#include "lib/words.h"
#include "model/app.h"
#include "model/config.h"
#include "model/container/container_state.h"
#include "model/helper.h"
#include "pipeline/one_off.h"

namespace hythe {
namespace {

std::string join(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + quote_word(word);
  return line;
}

/// The first word may be a process type of the Procfile, and further ones are its arguments.
/// Else a single word is a line for the shell; several are a command and its arguments, which
/// reach it as they are.
std::string command_line(const std::vector<std::string>& words, const Release& release) {
  if (const std::string* known = release.command(words[0]))
    return words.size() == 1 ? *known
                             : concat(*known, ' ', join({words.begin() + 1, words.end()}));
  return words.size() == 1 ? words[0] : join(words);
}

/// The host's limit is what one has without asking for less.
Milliseconds time_of(const RunOptions& options, const App& app, const Config& config) {
  const Milliseconds most = config.limits.with(app.limits).run_timeout;
  if (!options.timeout) return most;
  if (most.count() != 0 && *options.timeout > most)
    throw PushError(concat("'--timeout' is ", format_duration(most), " at most\n",
                           how_to_raise("run_timeout")),
                    EX_USAGE);
  return *options.timeout;
}

int stop(const AppName& app, const ProcessName& name) {
  if (!ContainerState::one_off(app, name.view()))
    throw PushError(concat("no '", name.view(), "' of '", app.view(),
                           "' is running\nwhat runs: hythe ps ", app.view()),
                    EX_NOINPUT);
  call_helper(paths::kLaunchHelper, {"end", std::string(app.view()), std::string(name.view())});
  std::cout << "Stopping " << name.view() << '\n';
  return EX_OK;
}

int leave(const AppName& app, OneOff one_off) {
  one_off.helper().leave();
  std::cout << "Started " << one_off.name() << ", which goes on by itself\n"
            << "  follow it: hythe logs " << app.view() << ' ' << one_off.name() << " -f\n"
            << "  stop it:   hythe run " << app.view() << " --stop " << one_off.name() << '\n';
  return EX_OK;
}

}  // namespace

int run(Arguments& arguments, const Caller&) {
  const RunRequest request = RunRequest::parse(arguments);
  const RunOptions& options = request.options;
  const App app = App::load(request.app);
  if (options.stop) return stop(app.name, *options.stop);
  app.require_deployed();
  const Release release = Release::load(app.name, app.release);
  Config config = Config::load();
  config.limits = config.limits.with(app.limits);
  const bool has_terminal = !options.is_detached && is_on_terminal();
  OneOffOrder order{.command = command_line(request.command, release),
                    .environment = options.environment,
                    .size = options.size,
                    .time = time_of(options, app, config),
                    .is_detached = options.is_detached};
  if (has_terminal) order.terminal = terminal_size();
  OneOff one_off = OneOff::start(app, release, order, config);
  if (options.is_detached) return leave(app.name, std::move(one_off));
  return has_terminal ? relay_terminal(one_off.helper(), one_off.first_output())
                      : relay_pipes(one_off.helper(), one_off.first_output());
}

}  // namespace hythe
