// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "model/config.h"
#include "pipeline/order.h"
#include "pipeline/progress.h"
#include "pipeline/source.h"

namespace hythe {

/// The source of an order that builds: its commit's files, or its archive's; with what it is on
/// the console and in the record. Throws PushError that says what cannot be deployed and the
/// way out.
[[nodiscard]] std::unique_ptr<Source> unpack_source(const Order& order, const Config& config,
                                                    Progress& progress);

}  // namespace hythe
