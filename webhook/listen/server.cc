// SPDX-License-Identifier: Apache-2.0
#include "webhook/listen/server.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/ServerSocketImpl.h>
#include <Poco/ThreadPool.h>
#include <signal.h>

#include <array>
#include <cerrno>
#include <iostream>

#include "lib/errors.h"

namespace hythe {
namespace {

namespace net = Poco::Net;

constexpr int kThreads = 8;
constexpr int kWaiting = 1024;  // connections that were accepted
constexpr std::string_view kPrefix = "/webhook/";

void answer(net::HTTPServerResponse& response, const Reply& reply) {
  // What was not read of the body would be taken for the next request.
  if (reply.status >= 400) response.setKeepAlive(false);
  const auto status = static_cast<net::HTTPResponse::HTTPStatus>(reply.status);
  response.setStatusAndReason(status, net::HTTPResponse::getReasonForStatus(status));
  response.setContentType("text/plain; charset=utf-8");
  if (reply.status == 405) response.set("Allow", "POST");
  if (reply.status == 429) response.set("Retry-After", "60");
  const std::string text = reply.text + "\n";
  response.sendBuffer(text.data(), text.size());
}

/// nginx says whom it speaks for, and nobody else can connect.
std::string address_of(const net::HTTPServerRequest& request) {
  return request.get("X-Real-IP", "unknown");
}

/// False when there is more than a body may have.
bool read_body(net::HTTPServerRequest& request, std::string& body) {
  std::array<char, 16384> buffer{};
  auto& stream = request.stream();
  for (;;) {
    stream.read(buffer.data(), buffer.size());
    if (stream.gcount() == 0) return true;
    body.append(buffer.data(), static_cast<std::size_t>(stream.gcount()));
    if (body.size() > Reception::kMaxBody) return false;
  }
}

class Handler : public net::HTTPRequestHandler {
 public:
  explicit Handler(Reception& reception) : reception_(reception) {}

  void handleRequest(net::HTTPServerRequest& request,
                     net::HTTPServerResponse& response) override {
    try {
      answer(response, decide(request));
    } catch (const std::exception& error) {
      // The forge tries again, or shows that it did not succeed.
      std::clog << "error: " << error.what() << '\n';
      if (!response.sent()) answer(response, {503, "not now"});
    }
  }

 private:
  Reply decide(net::HTTPServerRequest& request) {
    const std::string& path = request.getURI();
    if (!path.starts_with(kPrefix)) return {404, "there is nothing here"};
    if (request.getMethod() != net::HTTPRequest::HTTP_POST) return {405, "only POST"};
    Post post{.app = path.substr(kPrefix.size()), .address = address_of(request)};
    const auto header = [&request](const char* name) { return request.get(name, ""); };
    post.hook =
        header(request.has("X-GitHub-Hook-ID") ? "X-GitHub-Hook-ID" : "X-Gitlab-Webhook-UUID");
    if (!reception_.is_welcome(post)) return {429, "too many at once"};
    if (request.hasContentLength() &&
        request.getContentLength64() > static_cast<Poco::Int64>(Reception::kMaxBody))
      return {413, "the body is too large"};
    post.content_type = header("Content-Type");
    post.signature = header("X-Hub-Signature-256");
    post.token = header("X-Gitlab-Token");
    post.event = header(request.has("X-GitHub-Event") ? "X-GitHub-Event" : "X-Gitlab-Event");
    post.id =
        header(request.has("X-GitHub-Delivery") ? "X-GitHub-Delivery" : "X-Gitlab-Event-UUID");
    if (!read_body(request, post.body)) return {413, "the body is too large"};
    return reception_.receive(post);
  }

  Reception& reception_;
};

class Factory : public net::HTTPRequestHandlerFactory {
 public:
  explicit Factory(Reception& reception) : reception_(reception) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return new Handler(reception_);  // NOLINT: Poco owns it
  }

 private:
  Reception& reception_;
};

/// Poco listens by itself only at what it has made.
class Listener : public net::ServerSocketImpl {
 public:
  explicit Listener(UniqueFd socket) { reset(socket.release()); }
};

class ListeningSocket : public net::ServerSocket {
 public:
  explicit ListeningSocket(UniqueFd socket)
      : net::ServerSocket(new Listener(std::move(socket)), true) {}  // NOLINT: Poco owns it
};

}  // namespace

void serve(UniqueFd socket, Reception& reception) {
  // Before there are threads, so that none of them is ended by it.
  sigset_t end;
  sigemptyset(&end);
  sigaddset(&end, SIGTERM);
  sigaddset(&end, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &end, nullptr);

  net::HTTPServerParams::Ptr parameters = new net::HTTPServerParams;
  parameters->setMaxThreads(kThreads);
  parameters->setMaxQueued(kWaiting);
  parameters->setTimeout(Poco::Timespan(15, 0));
  parameters->setKeepAliveTimeout(Poco::Timespan(5, 0));
  parameters->setKeepAlive(true);
  Poco::ThreadPool pool(2, kThreads);
  const ListeningSocket listening(std::move(socket));
  net::HTTPServer server(new Factory(reception), pool, listening, parameters);
  server.start();
  std::clog << "listening\n";
  int number = 0;
  ::sigwait(&end, &number);
  server.stop();
}

}  // namespace hythe
