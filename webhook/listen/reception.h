// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "model/forge/link.h"
#include "webhook/listen/rate_limit.h"
#include "webhook/listen/seen.h"

namespace hythe {

/// One request as it came, of which nothing is believed.
struct Post {
  std::string app{};      // what the address names
  std::string address{};  // who sent it
  std::string content_type{};
  std::string event{};      // X-GitHub-Event or X-Gitlab-Event
  std::string id{};         // X-GitHub-Delivery or X-Gitlab-Event-UUID
  std::string hook{};       // X-GitHub-Hook-ID or X-Gitlab-Webhook-UUID
  std::string signature{};  // X-Hub-Signature-256
  std::string token{};      // X-Gitlab-Token
  std::string body{};
};

struct Reply {
  int status;
  std::string text;
};

/// Decides what becomes of a delivery. What it answers with 202 "queued" lies durably in the
/// queue. An app that there is not, or that is not linked, gets what a wrong signature gets, by
/// the same way through the code. Who was wrong too often is refused before anything is summed,
/// also if he is right now. A webhook that was right before is known by its id, which no
/// stranger knows: those who guess behind the same proxy do not shut it out. For several
/// threads.
class Reception {
 public:
  static constexpr std::size_t kMaxBody = 8U << 20U;

  /// `find` has the link of an app; of one that there is not it is asked for the same things.
  using Find = std::function<std::optional<Link>(const std::string& app)>;
  Reception();
  explicit Reception(Find find) : find_(std::move(find)) {}

  [[nodiscard]] Reply receive(const Post& post);

  /// Whether the sender may be listened to at all now, before the body is read.
  [[nodiscard]] bool is_welcome(const Post& post);

 private:
  [[nodiscard]] std::string whom_to_blame(const Post& post) const;
  [[nodiscard]] bool may_be_wrong(const Post& post);
  [[nodiscard]] Reply refuse(const Post& post);
  [[nodiscard]] bool is_expected(const Post& post);
  [[nodiscard]] Reply accept(const AppName& app, const Link& link, const Post& post);

  Find find_;
  std::mutex mutex_{};
  // A burst of a large organisation's is as it should be; guessing is not.
  RateLimit per_sender_{3000, 50};
  RateLimit per_app_{2000, 20};
  RateLimit failures_{30, 0.5};
  std::map<std::string, std::string> hooks_{};  // the last of each app that was right
  std::map<std::string, Seen> seen_{};
};

/// Whether it was signed by who has the link's secret: GitHub signs the body, GitLab sends the
/// secret itself. Takes the same time wherever it differs.
[[nodiscard]] bool is_signed(const Link& link, const Post& post);

}  // namespace hythe
