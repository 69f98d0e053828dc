// SPDX-License-Identifier: Apache-2.0
#include "pipeline/health_check.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

#include "core/decimal.h"
#include "core/lower_case.h"
#include "core/version.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/units.h"

namespace hythe {
namespace {

constexpr Milliseconds kPause{100};    // before the next question
constexpr std::size_t kEnough = 8192;  // of an answer, to say what it was

bool would_block() {
  return errno == EAGAIN || errno == EINTR || errno == ENOTCONN;
}

std::string_view headers_of(std::string_view response) {
  return response.substr(0, response.find("\r\n\r\n"));
}

bool is_chunked(std::string_view headers) {
  return lower_case(headers).find("\r\ntransfer-encoding: chunked") != std::string::npos;
}

}  // namespace

unsigned http_status(std::string_view response) {
  // "HTTP/1.1 200 OK"
  if (!response.starts_with("HTTP/1.") || response.size() < 12 || response[8] != ' ') return 0;
  return static_cast<unsigned>(parse_decimal(response.substr(9, 3), 999).value_or(0));
}

std::string_view first_body_line(std::string_view response) {
  const std::string_view headers = headers_of(response);
  if (headers.size() == response.size()) return {};
  std::string_view body = response.substr(headers.size() + 4);
  if (is_chunked(headers)) {
    const auto size_line = body.find('\n');
    body.remove_prefix(size_line == std::string_view::npos ? body.size() : size_line + 1);
  }
  return body.substr(0, body.find_first_of("\r\n"));
}

HealthCheck::HealthCheck(sockaddr_in target, const std::string& host, const Settings& settings)
    : target_(target),
      settings_(&settings),
      request_(concat("GET ", settings.health, " HTTP/1.1\r\nHost: ", host,
                      "\r\nUser-Agent: hythe/", kVersion,
                      "\r\nAccept: */*\r\nConnection: close\r\n\r\n")) {}

short HealthCheck::events() const {
  return sent_ < request_.size() ? POLLOUT : POLLIN;
}

void HealthCheck::try_now() {
  if (is_passed_) return;
  if (!socket_) {
    if (!until_.has_passed()) return;  // the pause
    ask();
  }
  if (socket_ && send() && receive()) return;
  if (socket_ && until_.has_passed()) conclude(true);
}

void HealthCheck::ask() {
  sent_ = 0;
  response_.clear();
  until_ = Deadline(settings_->health_timeout);
  socket_.reset(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket_) throw SystemError(errno, "create a socket");
  if (::connect(socket_.get(), reinterpret_cast<sockaddr*>(&target_), sizeof target_) != 0 &&
      errno != EINPROGRESS)
    end("refused the connection");
}

/// True when all is sent.
bool HealthCheck::send() {
  while (sent_ < request_.size()) {
    const ssize_t n =
        ::send(socket_.get(), request_.data() + sent_, request_.size() - sent_, MSG_NOSIGNAL);
    if (n < 0) {
      if (!would_block()) end("closed the connection before it was asked");
      return false;
    }
    sent_ += static_cast<std::size_t>(n);
  }
  return true;
}

/// True when the question is over.
bool HealthCheck::receive() {
  char buffer[4096];
  for (;;) {
    const ssize_t n = ::recv(socket_.get(), buffer, sizeof buffer, 0);
    if (n < 0 && would_block()) return false;
    if (n > 0) response_.append(buffer, static_cast<std::size_t>(n));
    conclude(n <= 0 || response_.size() > kEnough);
    if (!socket_) return true;
  }
}

/// An expected status is enough; of another, the first line of the body is waited for.
void HealthCheck::conclude(bool is_over) {
  const bool has_status = response_.find("\r\n") != std::string::npos;
  const unsigned status = has_status ? http_status(response_) : 0;
  if (status != 0 && settings_->accepts(status)) {
    is_passed_ = true;
    end(concat("answered ", status));
    return;
  }
  if (!is_over) return;
  if (response_.empty() && until_.has_passed())
    end(concat("was not answered within ", format_duration(settings_->health_timeout)));
  else if (response_.empty())
    end("was answered by the end of the connection");
  else if (status == 0)
    end(concat("was answered by what is no HTTP: '", printable(response_, 60), "'"));
  else if (const auto line = first_body_line(response_); line.empty())
    end(concat("was answered with status ", status));
  else
    end(concat("was answered with status ", status, ": '", printable(line, 120), "'"));
}

void HealthCheck::end(std::string outcome) {
  outcome_ = std::move(outcome);
  socket_.reset();
  until_ = Deadline(kPause);
}

}  // namespace hythe
