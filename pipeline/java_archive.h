// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "pipeline/archive_contents.h"

namespace hythe {

/// What a zip is: a WAR has WEB-INF/, a JAR says in META-INF/MANIFEST.MF which class is to be
/// run. One with a Procfile or with what a build needs (pom.xml, build.gradle, …) beside that
/// is a source all the same, unless `name` ends in .jar or .war; with such a name, it must be
/// one of the two, or PushError. A tar is always a source. The archive is left at its start.
[[nodiscard]] ArchiveContents::Kind recognise_archive(int archive, std::string_view name);

}  // namespace hythe
