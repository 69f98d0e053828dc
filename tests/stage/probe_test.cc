// SPDX-License-Identifier: Apache-2.0
#include "pipeline/probe.h"

#include "tests/stage/world.h"

namespace hythe {
namespace {

using test::message_of;
using test::status_of;

/// Containers are processes here, in the network of this test; each end of a monitor's pipe is
/// a shell's.
class ProbeStage : public test::Stage {
 protected:
  ProbeStage() { config.limits.boot_timeout = std::chrono::milliseconds(400); }

  /// A container of that type whose process is `python`, and whose monitor says `answers` in
  /// the end.
  void start(const std::string& python, const std::string& answers = "",
             const std::string& type = "web") {
    const std::string script = concat("from socket import *\nimport time\n", python);
    const std::string path = concat("/run/hythe/", type, ".py");
    test::spill(path, script);
    // It says who it is before it can say anything else.
    Helper helper = Helper::start(
        "/bin/sh", {"-c", concat("sh -c 'echo $$; exec python3 -S ", path,
                                 "' >&2 & wait $!; printf '", answers, "'; exec sleep 0")});
    said_.clear();
    while (said_.find('\n') == std::string::npos && read_some(helper.messages(), said_)) {
    }
    launched.containers.push_back({.place = {.name = type + ".1",
                                             .type = type,
                                             .command = "",
                                             .receives_traffic = receives_traffic(type)},
                                   .helper = std::move(helper),
                                   .pid = std::stoi(said_),
                                   .since = std::chrono::steady_clock::now(),
                                   .address = "127.0.0.2"});
    set_nonblocking(launched.containers.back().helper.answers());
  }
  /// Returns when the process has listened: it says so.
  void await(const std::string& word) {
    while (said_.find(word) == std::string::npos &&
           read_some(launched.containers.back().helper.messages(), said_)) {
    }
  }
  void run() { probe(launched, App{.name = shop}, config, progress); }
  std::string failure() {
    return message_of<DeploymentFailure>([&] { run(); });
  }
  ~ProbeStage() override {
    for (const Starting& container : launched.containers) ::kill(container.pid, SIGKILL);
  }

  Launched launched{.lane = {shop, Lane::a}};

 private:
  std::string said_{};  // by the last that was started
};

constexpr const char* kListen =
    "s = socket(); s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1); s.bind(('%', @)); s.listen()\n"
    "print('listens', flush=True); time.sleep(30)\n";

std::string listen_on(const std::string& address, int port) {
  std::string script = kListen;
  script.replace(script.find('%'), 1, address);
  script.replace(script.find('@'), 1, std::to_string(port));
  return script;
}

TEST_F(ProbeStage, ReturnsWhenTheContainerHasAcceptedAConnection) {
  config.limits.boot_timeout = std::chrono::seconds(20);
  start("time.sleep(0.2)\n" + listen_on("0.0.0.0", 8080));
  EXPECT_NO_THROW(run());
  EXPECT_TRUE(launched.containers[0].has_answered);
  EXPECT_NE(told().find("web.1 accepts connections after"), std::string::npos);
}

TEST_F(ProbeStage, SaysThatNothingListens) {
  start("time.sleep(30)");
  EXPECT_NE(failure().find("web.1 listens on no port"), std::string::npos);
  EXPECT_EQ(status_of([&] { run(); }), Status::timeout_error);
}

TEST_F(ProbeStage, SaysThatOnlyTheContainerItselfCanReachIt) {
  start(listen_on("127.0.0.1", 8080));
  await("listens");
  EXPECT_NE(failure().find("web.1 listens on 127.0.0.1:8080, where only itself can reach it"),
            std::string::npos);
}

TEST_F(ProbeStage, NamesThePortThatIsListenedOnInstead) {
  start(listen_on("0.0.0.0", 3000));
  await("listens");
  EXPECT_NE(failure().find("web.1 listens on 0.0.0.0:3000 instead of 0.0.0.0:8080"),
            std::string::npos);
}

TEST_F(ProbeStage, FailsAtOnceWhenTheContainerEnds) {
  config.limits.boot_timeout = std::chrono::minutes(10);
  start("raise SystemExit(3)", R"(exit\0003\0)");
  EXPECT_NE(failure().find("web.1 exited with code 3 before it listened on port 8080"),
            std::string::npos);
  EXPECT_NE(told().find("web.1 wrote nothing before it ended"), std::string::npos);
}

TEST_F(ProbeStage, FailsWhenTheMonitorIsKilled) {
  config.limits.boot_timeout = std::chrono::minutes(10);
  start("time.sleep(30)");
  ::kill(launched.containers[0].pid, SIGKILL);  // and with it ends the shell, without a word
  EXPECT_EQ(status_of([&] { run(); }), Status::crashed_error);
}

/// A server that says `answer` to the first question, and after that "200".
std::string answer_with(const std::string& answer, const std::string& then) {
  return concat(
      "import sys\ns = socket(); s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)\n"
      "s.bind(('0.0.0.0', 8080)); s.listen()\nanswer = ",
      answer,
      "\nwhile True:\n  c, _ = s.accept()\n  asked = c.recv(4096)\n"
      "  if not asked: continue\n"
      "  open('/run/hythe/asked', 'wb').write(asked)\n"
      "  c.sendall(answer); c.close()\n  answer = ",
      then, "\n");
}

TEST_F(ProbeStage, AsksUntilTheHealthCheckIsPassed) {
  config.limits.boot_timeout = std::chrono::seconds(20);
  config.base_domain = "example.org";
  config.settings.health = "/up";
  start(answer_with("b'HTTP/1.1 503 No\\r\\n\\r\\nno database'",
                    "b'HTTP/1.1 204 Yes\\r\\n\\r\\n'"));
  EXPECT_NO_THROW(run());
  EXPECT_NE(told().find("web.1 answered 204 to GET /up after"), std::string::npos);
  const std::string asked = test::slurp("/run/hythe/asked");
  EXPECT_EQ(asked.find("GET /up HTTP/1.1\r\nHost: shop.example.org\r\nUser-Agent: hythe/"), 0U);
}

TEST_F(ProbeStage, SaysWhatTheHealthCheckWasAnsweredLast) {
  config.limits.boot_timeout = std::chrono::seconds(2);
  config.settings.health = "/up";
  const std::string no = "b'HTTP/1.1 503 No\\r\\n\\r\\nno \\x1b[31mdatabase\\nmore'";
  start(answer_with(no, no));
  const std::string reason = failure();
  EXPECT_NE(
      reason.find("web.1 did not pass its health check within 2.00 s: GET /up was "
                  "answered with status 503: 'no \\x1b[31mdatabase', expected is 200-399"),
      std::string::npos)
      << reason;
}

TEST_F(ProbeStage, SaysThatTheHealthCheckIsNotAnswered) {
  config.limits.boot_timeout = std::chrono::seconds(2);
  config.settings.health = "/up";
  config.settings.health_timeout = std::chrono::milliseconds(300);
  start(listen_on("0.0.0.0", 8080));
  EXPECT_NE(failure().find("was not answered within 300ms"), std::string::npos);
}

TEST_F(ProbeStage, LetsWhoReceivesNoTrafficRunForAWhile) {
  start("time.sleep(30)", "", "worker");
  EXPECT_NO_THROW(run());
  EXPECT_TRUE(launched.containers[0].is_up);
  EXPECT_NE(told().find("worker.1 still runs after 1.0"), std::string::npos) << told();
}

/// A web process that lets `act` follow once whoever connected has seen enough.
std::string listen_and_then(const std::string& act) {
  return concat(
      "s = socket(); s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1); s.bind(('0.0.0.0', 8080))\n"
      "s.listen()\ns.accept()[0].recv(1)\n",
      act, "\ntime.sleep(30)\n");
}

/// It ends as soon as somebody opens its FIFO.
constexpr const char* kEndsWhenTold =
    "import os\nos.mkfifo('/run/hythe/fifo')\nprint('waits', flush=True)\n"
    "open('/run/hythe/fifo').read()\nraise SystemExit(9)\n";

TEST_F(ProbeStage, LetsNoWorkerThroughThatEndsWhenTheRestIsUp) {
  config.limits.boot_timeout = std::chrono::minutes(10);
  start(kEndsWhenTold, R"(exit\0009\0)", "worker");
  await("waits");
  launched.containers[0].since += std::chrono::hours(1);  // however slow this machine is
  start(listen_and_then("open('/run/hythe/fifo', 'w').write('end')"));
  EXPECT_NE(failure().find("worker.1 exited with code 9 after its start"), std::string::npos);
  EXPECT_NE(told().find("web.1 accepts connections"), std::string::npos) << told();
}

TEST_F(ProbeStage, AddsNothingToWhatOnlyReceivesTraffic) {
  start(listen_on("0.0.0.0", 8080));
  await("listens");
  EXPECT_NO_THROW(run());
  EXPECT_EQ(told().find("still runs"), std::string::npos);
}

TEST_F(ProbeStage, AsksNobodyTwice) {
  config.settings.health = "/up";
  config.limits.boot_timeout = std::chrono::seconds(20);
  start(answer_with("b'HTTP/1.1 204 Yes\\r\\n\\r\\n'", "b'HTTP/1.1 503 No\\r\\n\\r\\n'"));
  EXPECT_NO_THROW(run());
  EXPECT_NO_THROW(run());
  start("raise SystemExit(4)", R"(exit\0004\0)", "worker");
  EXPECT_NE(failure().find("worker.1 exited with code 4"), std::string::npos)
      << "who was started later is watched like all others";
}

}  // namespace
}  // namespace hythe
