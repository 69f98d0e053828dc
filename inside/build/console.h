// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// The build log, in the style that buildpacks use: whole lines on stderr, each in one write.
namespace hythe::builder {

void say_title(std::string_view text);    // "-----> text"
void say_phase(std::string_view text);    // "=====> text", of one buildpack of several
void say_detail(std::string_view text);   // seven blanks
void say_warning(std::string_view text);  // " !     text", every line of it
/// What a program wrote for us and not for the log, now that it failed: the last twenty lines.
void say_last_lines(std::string_view output);

}  // namespace hythe::builder
