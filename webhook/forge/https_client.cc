// SPDX-License-Identifier: Apache-2.0
#include "webhook/forge/https_client.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/URI.h>

#include <array>
#include <stdexcept>

#include "core/decimal.h"
#include "lib/errors.h"
#include "lib/net/reachable_host.h"
#include "webhook/forge/timed_child.h"

namespace hythe {
namespace {

namespace net = Poco::Net;

constexpr std::size_t kLargestAnswer = 8U << 20U;
const Poco::Timespan kLongestWait(15, 0);

net::Context::Ptr context() {
  static const net::Context::Ptr shared = [] {
    net::Context::Ptr made =
        new net::Context(net::Context::TLS_CLIENT_USE, "", "", "", net::Context::VERIFY_STRICT,
                         9, /*loadDefaultCAs=*/true);
    made->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
    made->enableExtendedCertificateVerification(true);
    return made;
  }();
  return shared;
}

/// Connects to the address that was judged, whatever the name leads to by then; the certificate
/// is the name's.
class Session : public net::HTTPSClientSession {
 public:
  explicit Session(const Poco::URI& uri)
      : net::HTTPSClientSession(uri.getHost(), uri.getPort(), context()),
        address_(reachable_addresses(uri.getHost()).front().text(), uri.getPort()) {
    setTimeout(kLongestWait, kLongestWait, kLongestWait);
  }

 protected:
  void connect(const net::SocketAddress&) override {
    net::HTTPSClientSession::connect(address_);
  }

 private:
  net::SocketAddress address_;
};

std::string read(std::istream& in) {
  std::string body;
  std::array<char, 16384> buffer{};
  for (;;) {
    in.read(buffer.data(), buffer.size());
    if (in.gcount() == 0) return body;
    body.append(buffer.data(), static_cast<std::size_t>(in.gcount()));
    if (body.size() > kLargestAnswer) throw std::runtime_error("the answer is too large");
  }
}

std::string encode(const HttpAnswer& answer) {
  return concat(answer.status, answer.has_next ? " + " : " - ", answer.body);
}

HttpAnswer decode(const std::string& text) {
  const auto blank = text.find(' ');
  const auto status = parse_decimal(std::string_view(text).substr(0, blank), 999);
  if (!status || blank + 3 > text.size()) throw std::runtime_error("there was no answer");
  return {.status = static_cast<int>(*status),
          .has_next = text[blank + 1] == '+',
          .body = text.substr(blank + 3)};
}

HttpAnswer exchange(const std::string& method, const std::string& url,
                    const HttpHeaders& headers, const std::string& body) {
  try {
    const Poco::URI uri(url);
    Session session(uri);
    // As it stands: Poco would take GitLab's "acme%2Fshop" apart.
    const std::string path = url.substr(url.find('/', std::string_view("https://").size()));
    net::HTTPRequest request(method, path, net::HTTPMessage::HTTP_1_1);
    for (const auto& [name, value] : headers) request.set(name, value);
    if (!body.empty()) request.setContentLength64(static_cast<Poco::Int64>(body.size()));
    session.sendRequest(request) << body << std::flush;
    net::HTTPResponse response;
    std::istream& answer = session.receiveResponse(response);
    return {.status = static_cast<int>(response.getStatus()),
            .has_next = response.get("Link", "").find("rel=\"next\"") != std::string::npos,
            .body = read(answer)};
  } catch (const Poco::Exception& error) {
    throw std::runtime_error(error.displayText());
  }
}

}  // namespace

HttpAnswer HttpsClient::send(const std::string& method, const std::string& url,
                             const HttpHeaders& headers, const std::string& body,
                             Milliseconds most) {
  (void)context();  // made once, and not by every child
  constexpr std::size_t kBeside = 16;
  return decode(run_in_time(most, kLargestAnswer + kBeside,
                            [&] { return encode(exchange(method, url, headers, body)); }));
}

}  // namespace hythe
