// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <clocale>
#include <filesystem>
#include <optional>

#include "lib/process/confined_child.h"
#include "lib/sha256.h"
#include "pipeline/archive_source.h"
#include "tests/stage/world.h"
#include "tests/unit/lib/archive/archive_fixture.h"

namespace hythe {
namespace {

class Archive : public test::Stage {
 protected:
  void SetUp() override {
#if defined(__SANITIZE_ADDRESS__)
    GTEST_SKIP() << "the sanitizer needs more memory and system calls than the child has";
#endif
  }

  ReceivedArchive receive(const std::string& path, const std::string& name,
                          const std::string& version = "") {
    ArchiveIntake intake(limits);
    intake.take(open_file(path, O_RDONLY).get());
    return intake.finish(name, version);
  }
  ArchiveSource unpack(const std::string& path, const std::string& name = "stdin") {
    return unpack_archive(receive(path, name), limits, never);
  }
  /// What GNU tar makes of it: path → bytes.
  std::map<std::string, std::string> deployed(const ArchiveSource& source) {
    const std::string tar = scratch / "out.tar";
    const std::string root = scratch / "root";
    source.write_tar(open_file(tar, O_WRONLY | O_CREAT | O_TRUNC).get());
    std::filesystem::remove_all(root);
    std::filesystem::create_directory(root);
    EXPECT_TRUE(Child::start({.argv = {"/usr/bin/tar", "-x", "-f", tar, "-C", root}})
                    .wait()
                    .is_success());
    std::map<std::string, std::string> files;
    for (const auto& found : std::filesystem::recursive_directory_iterator(root))
      if (found.is_regular_file())
        files[found.path().string().substr(root.size() + 1)] = test::slurp(found.path());
    return files;
  }
  std::string confined(const std::function<std::string(int, int)>& work,
                       Milliseconds time = std::chrono::seconds(20)) {
    test::spill(scratch / "in", "input");
    const UniqueFd in = open_file(scratch / "in", O_RDONLY);
    const UniqueFd out = open_file(scratch / "out", O_RDWR | O_CREAT | O_TRUNC);
    return run_confined(in.get(), out.get(),
                        {.time = time, .output_size = 100, .answer_size = 1000}, never, work);
  }

  test::ScratchDirectory scratch;
  Limits limits;
  const Cancellation never;
};

TEST_F(Archive, BecomesTheSourceThatItHolds) {
  const std::string large(3U << 20U, 'x');
  const std::string path = scratch / "archive";
  test::write_archive(path,
                      {{.path = "shop-1.2/a/b", .text = large},
                       {.path = "shop-1.2/c\xff", .text = "raw"},
                       {.path = "shop-1.2/empty"},
                       {.path = "shop-1.2/twin", .hard = "shop-1.2/a/b"}},
                      archive_write_set_format_gnutar, archive_write_add_filter_gzip);
  const ArchiveSource source = unpack(path);
  EXPECT_EQ(source.describe(), "4 files, without the folder 'shop-1.2' around them");
  const std::map<std::string, std::string> files = {
      {"a/b", large}, {"c\xff", "raw"}, {"empty", ""}, {"twin", large}};
  EXPECT_EQ(deployed(source), files);
}

TEST_F(Archive, HasItsNamesInUtf8) {
  const std::string path = scratch / "archive";
  for (const auto format : {archive_write_set_format_zip, archive_write_set_format_pax}) {
    std::setlocale(LC_CTYPE, "C.UTF-8");  // the writer's
    test::write_archive(
        path, {{.path = "caf\xc3\xa9", .text = "1"}, {.path = "x", .text = "2"}}, format);
    std::setlocale(LC_CTYPE, "C");
    const std::map<std::string, std::string> files = {{"caf\xc3\xa9", "1"}, {"x", "2"}};
    EXPECT_EQ(deployed(unpack(path)), files);
  }
}

TEST_F(Archive, IsTheFileItselfIfItIsForJava) {
  const std::string path = scratch / "archive";
  const auto zip = archive_write_set_format_zip;
  const test::Member manifest{.path = "META-INF/MANIFEST.MF",
                              .text = "Manifest-Version: 1.0\r\nmain-class: Shop\r\n\r\n"};
  const test::Member library{
      .path = "META-INF/MANIFEST.MF",
      .text = "Manifest-Version: 1.0\r\n\r\nName: x\r\nMain-Class: no\r\n"};
  const auto kind_of = [&](std::vector<test::Member> members, const std::string& name) {
    test::write_archive(path, members, zip);
    return unpack(path, name).contents().kind;
  };
  using Kind = ArchiveContents::Kind;
  EXPECT_EQ(kind_of({manifest, {.path = "Shop.class"}}, "stdin"), Kind::jar);
  EXPECT_EQ(kind_of({{.path = "WEB-INF/web.xml"}}, "stdin"), Kind::war);
  EXPECT_EQ(kind_of({manifest, {.path = "WEB-INF/web.xml"}}, "x.war"), Kind::war);
  EXPECT_EQ(kind_of({manifest, {.path = "Procfile"}}, "stdin"), Kind::source);
  EXPECT_EQ(kind_of({manifest, {.path = "pom.xml"}}, "x.zip"), Kind::source);
  EXPECT_EQ(kind_of({manifest, {.path = "pom.xml"}}, "x.JAR"), Kind::jar);
  EXPECT_EQ(kind_of({library, {.path = "x"}}, "stdin"), Kind::source);
  EXPECT_EQ(kind_of({{.path = "app.jar"}, {.path = "Procfile"}}, "stdin"), Kind::source);
  EXPECT_EQ(kind_of({{.path = "src/WEB-INF/web.xml"}}, "stdin"), Kind::source);
  EXPECT_THROW(kind_of({library}, "x.jar"), PushError);
  test::write_archive(path, {manifest}, archive_write_set_format_gnutar);
  EXPECT_EQ(unpack(path).contents().kind, Kind::source);

  test::write_archive(path, {manifest}, zip);
  const std::pair<const char*, const char*> names[] = {{"stdin", "app.jar"},
                                                       {"shop-1.2.jar", "shop-1.2.jar"},
                                                       {"https://h/a/shop.jar", "shop.jar"},
                                                       {"-x.jar", "app.jar"},
                                                       {"a b.jar", "app.jar"},
                                                       {"x.zip", "app.jar"}};
  for (const auto& [name, file] : names) {
    const std::map<std::string, std::string> files = {{file, test::slurp(path)}};
    EXPECT_EQ(deployed(unpack(path, name)), files) << name;
  }
}

TEST_F(Archive, IsRefusedInPlainWords) {
  const std::string path = scratch / "archive";
  test::write_archive(path, {{.path = "a\x1b[2J/../../x", .text = "x"}});
  const auto refusal = test::message_of<PushError>([&] { (void)unpack(path); });
  EXPECT_NE(refusal.find("leads out of its folder\nmake it inside"), std::string::npos)
      << refusal;
  EXPECT_EQ(refusal.find('\x1b'), std::string::npos);
  limits.source_size = 10;
  test::write_archive(path, {{.path = "x", .text = "eleven byte"}});
  EXPECT_NE(test::message_of<PushError>([&] { (void)unpack(path); }).find("source_size"),
            std::string::npos);
}

TEST_F(Archive, IsCountedAndSummedAsItComes) {
  const std::string path = scratch / "file";
  test::spill(path, std::string(100'000, 'x'));
  Sha256 sum;
  sum.add(std::string(100'000, 'x'));
  const ReceivedArchive named = receive(path, "x.tgz", "v1");
  EXPECT_EQ(named.size, 100'000U);
  EXPECT_EQ(named.source.version, "v1");
  EXPECT_EQ(named.source.sha256, sum.hex());
  EXPECT_EQ(named.source.describe(), "archive v1 (x.tgz)");
  const ReceivedArchive bare = receive(path, "x.tgz");
  EXPECT_EQ(bare.source.version, bare.source.sha256);
  EXPECT_EQ(bare.source.short_version(), bare.source.sha256.substr(0, 7));

  limits.archive_size = 100'000;
  EXPECT_EQ(receive(path, "x").size, 100'000U);
  limits.archive_size = 99'999;
  EXPECT_THROW((void)receive(path, "x"), PushError);
  test::spill(path, "");
  EXPECT_THROW((void)receive(path, "x"), PushError);
  limits.archive_time = Milliseconds(1);
  const Pipe silent = Pipe::make();
  ArchiveIntake intake(limits);
  EXPECT_THROW(intake.take(silent.read.get()), PushError);
}

TEST_F(Archive, IsReadWithTwoDescriptorsAndNothingElse) {
  EXPECT_EQ(confined([](int in, int out) {
              char text[16] = {};
              const auto got = ::read(in, text, sizeof text);
              (void)!::write(out, text, static_cast<std::size_t>(got));
              return std::string(text);
            }),
            "input");
  EXPECT_EQ(test::slurp(scratch / "out"), "input");
  const auto errno_of = [this](const std::function<long()>& call) {
    return confined([&call](int, int) {
      errno = 0;
      const long result = call();
      return result < 0 ? std::to_string(errno) : std::string("done");
    });
  };
  const std::string none = std::to_string(ENOSYS);
  EXPECT_EQ(errno_of([] { return ::open("/etc/passwd", O_RDONLY); }), none);
  EXPECT_EQ(errno_of([] { return ::socket(AF_INET, SOCK_STREAM, 0); }), none);
  EXPECT_EQ(errno_of([] { return ::kill(::getppid(), SIGKILL); }), none);
  EXPECT_EQ(errno_of([] { return ::syscall(SYS_tgkill, 1, 1, SIGKILL); }), none);
  EXPECT_EQ(errno_of([] { return ::fcntl(0, F_SETOWN, 1); }), none);
  EXPECT_EQ(errno_of([] { return ::unlink("/etc/passwd"); }), none);
  EXPECT_EQ(errno_of([] { return ::write(3, "x", 1); }), std::to_string(EBADF));
  // More than the output may have.
  EXPECT_EQ(errno_of([] {
              const std::string much(101, 'x');
              (void)!::write(1, much.data(), much.size());
              return ::write(1, "y", 1);
            }),
            std::to_string(EFBIG));
}

TEST_F(Archive, IsNotReadForEver) {
  const auto wait = [](int, int) -> std::string {
    for (;;) (void)::sched_yield();
  };
  EXPECT_NE(test::message_of<PushError>([&] {
              (void)confined(wait, Milliseconds(50));
            }).find("it takes longer than 50ms to read"),
            std::string::npos);
  EXPECT_NE(test::message_of<PushError>([&] {
              (void)confined([](int, int) -> std::string { std::abort(); });
            }).find("what unpacks it ended with code"),
            std::string::npos);
  EXPECT_EQ(test::message_of<PushError>([&] {
              (void)confined([](int, int) -> std::string { throw PushError("no\x07\nway"); });
            }),
            "no\\x07\nway");
}

TEST_F(Archive, IsLeftWhenItIsCancelled) {
  Pipe wanted = Pipe::make();
  Cancellation cancellation;
  cancellation.watch_hang_up(wanted.read.get());
  wanted.write.reset();
  EXPECT_THROW(
      (void)run_confined(wanted.read.get(), wanted.read.get(),
                         {.time = std::chrono::hours(1), .output_size = 1, .answer_size = 1},
                         cancellation,
                         [](int, int) -> std::string {
                           for (;;) (void)::sched_yield();
                         }),
      Cancelled);
}

}  // namespace
}  // namespace hythe
