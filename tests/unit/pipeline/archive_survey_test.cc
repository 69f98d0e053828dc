// SPDX-License-Identifier: Apache-2.0
#include "pipeline/archive_survey.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <map>

#include "tests/unit/lib/archive/archive_fixture.h"
#include "tests/unit/lib/git/git_fixture.h"

namespace hythe {
namespace {

using test::Member;
using Members = std::vector<Member>;

/// A header of an old tar, whose fields are what one likes; its sum is right.
std::string raw_header(const std::string& name, const std::string& size, char type,
                       const std::string& link = "") {
  std::string block(512, '\0');
  block.replace(0, name.size(), name);
  block.replace(100, 7, "0000644");
  block.replace(108, 7, "0000000");
  block.replace(116, 7, "0000000");
  block.replace(124, size.size(), size);
  block.replace(136, 11, "14524770400");
  block[156] = type;
  block.replace(157, link.size(), link);
  block.replace(257, 8,
                std::string("ustar\0"
                            "00",
                            8));
  unsigned sum = 8 * ' ';
  for (std::size_t i = 0; i < block.size(); ++i)
    if (i < 148 || i >= 156) sum += static_cast<unsigned char>(block[i]);
  char digits[8];
  std::snprintf(digits, sizeof digits, "%06o", sum);
  block.replace(148, 8, std::string(digits, 7) + ' ');
  return block;
}

std::string padded(std::string bytes) {
  bytes.resize((bytes.size() + 511) / 512 * 512, '\0');
  return bytes;
}

const std::string kEnd(1024, '\0');

class ArchiveSurveyTest : public testing::Test {
 protected:
  ArchiveContents survey_file(const std::string& path) {
    const UniqueFd archive = open_file(path, O_RDONLY);
    bytes_ = open_file(scratch_ / "bytes", O_RDWR | O_CREAT | O_TRUNC);
    return survey_archive(archive.get(), bytes_.get(), limits_);
  }
  ArchiveContents survey(const Members& members,
                         test::Format format = archive_write_set_format_pax_restricted,
                         test::Filter filter = archive_write_add_filter_none) {
    const std::string path = scratch_ / "archive";
    test::write_archive(path, members, format, filter);
    return survey_file(path);
  }
  ArchiveContents survey_raw(const std::string& bytes) {
    test::spill(scratch_ / "raw", bytes);
    return survey_file(scratch_ / "raw");
  }
  /// "path=text", "path -> target", "path/", "path*" of what can be run.
  std::vector<std::string> shown(const ArchiveContents& contents) {
    std::vector<std::string> out;
    for (const ArchiveEntry& entry : contents.entries) {
      std::string text(entry.size, '\0');
      EXPECT_EQ(
          ::pread(bytes_.get(), text.data(), text.size(), static_cast<off_t>(entry.offset)),
          static_cast<ssize_t>(text.size()));
      switch (entry.kind) {
        case TarMember::Kind::file:
          out.push_back(entry.path + "=" + text);
          break;
        case TarMember::Kind::executable:
          out.push_back(entry.path + "*=" + text);
          break;
        case TarMember::Kind::symlink:
          out.push_back(entry.path + " -> " + entry.target);
          break;
        case TarMember::Kind::directory:
          out.push_back(entry.path + "/");
          break;
      }
    }
    return out;
  }
  template <class Survey>
  void expect_refusal(Survey survey, std::string_view words) {
    try {
      (void)survey();
      ADD_FAILURE() << "nothing was refused: " << words;
    } catch (const PushError& error) {
      EXPECT_NE(std::string_view(error.what()).find(words), std::string_view::npos)
          << error.what() << "\nlacks: " << words;
    }
  }
  void expect_refusal(const Members& members, std::string_view words) {
    expect_refusal([&] { return survey(members); }, words);
  }
  void expect_raw_refusal(const std::string& bytes, std::string_view words) {
    expect_refusal([&] { return survey_raw(bytes); }, words);
  }

  using Shown = std::vector<std::string>;
  test::ScratchDirectory scratch_;
  Limits limits_;
  UniqueFd bytes_;
};

const Members kPlain = {{.path = "Procfile", .text = "web: x\n"},
                        {.path = "bin/run", .text = "#!", .mode = 0755},
                        {.path = "link", .type = AE_IFLNK, .target = "bin/run"}};

TEST_F(ArchiveSurveyTest, ReadsEveryFormat) {
  const Shown all = {"Procfile=web: x\n", "bin/run*=#!", "link -> bin/run"};
  for (const auto filter : {archive_write_add_filter_none, archive_write_add_filter_gzip,
                            archive_write_add_filter_bzip2, archive_write_add_filter_xz,
                            archive_write_add_filter_zstd})
    for (const auto format : {archive_write_set_format_pax, archive_write_set_format_gnutar,
                              archive_write_set_format_ustar, archive_write_set_format_v7tar})
      EXPECT_EQ(shown(survey(kPlain, format, filter)), all);
  EXPECT_EQ(shown(survey(kPlain, archive_write_set_format_zip)), all);
}

TEST_F(ArchiveSurveyTest, TakesOneTopFolderAwayIfAllLiesInIt) {
  const Members members = {{.path = "./shop-1.2/", .type = AE_IFDIR},
                           {.path = "shop-1.2/Procfile", .text = "web: x"},
                           {.path = "shop-1.2//log/", .type = AE_IFDIR, .mode = 0700},
                           {.path = "shop-1.2/./a/b", .text = "c"}};
  const ArchiveContents contents = survey(members);
  EXPECT_EQ(contents.top, "shop-1.2");
  EXPECT_EQ(shown(contents), (Shown{"Procfile=web: x", "a/b=c", "log/"}));

  for (const Member& beside :
       {Member{.path = "README", .text = "x"}, Member{.path = "shop-1.20/x", .text = "x"},
        Member{.path = "shop-1.2-x", .text = "x"}}) {
    Members both = members;
    both.push_back(beside);
    EXPECT_EQ(survey(both).top, "") << beside.path;
    both.insert(both.begin(), beside);
    EXPECT_EQ(survey(both).top, "") << beside.path;
  }
  EXPECT_EQ(shown(survey({{.path = "only", .text = "x"}})), Shown{"only=x"});
  EXPECT_EQ(survey({{.path = "a/b/c", .text = "x"}}).top, "a");
}

TEST_F(ArchiveSurveyTest, LeavesOutHistoryAndWhatTheFinderAdds) {
  EXPECT_EQ(shown(survey({{.path = "shop/.git/config", .text = "secret"},
                          {.path = "__MACOSX/shop/._x", .text = "junk"},
                          {.path = "shop/module/.git", .text = "gitdir: x"},
                          {.path = "shop/.gitignore", .text = "x"},
                          {.path = "shop/a.git/x", .text = "y"}})),
            (Shown{".gitignore=x", "a.git/x=y"}));
}

TEST_F(ArchiveSurveyTest, AR1_RefusesWhatLeadsOutOfTheArchive) {
  for (const char* path : {"../x", "a/../../x", "./../x", "..", "a/.."})
    expect_refusal({{.path = path, .text = "x"}}, "leads out of its folder");
  for (const char* path : {"/etc/x", "//x", "/"})
    expect_refusal({{.path = path, .text = "x"}}, "is an absolute path");
  EXPECT_EQ(shown(survey({{.path = "..a/b..", .text = "x"}, {.path = "c", .text = "d"}})),
            (Shown{"..a/b..=x", "c=d"}));
}

TEST_F(ArchiveSurveyTest, AR2_RefusesAPathThroughALinkOrAFile) {
  expect_refusal(
      {{.path = "d", .type = AE_IFLNK, .target = "/etc"}, {.path = "d/x", .text = "x"}},
      "'d/x' goes through 'd', which is a symbolic link");
  // In whatever order, and with neighbours in between.
  expect_refusal({{.path = "d/e/x", .text = "x"},
                  {.path = "d-", .text = "x"},
                  {.path = "d", .type = AE_IFLNK, .target = "."}},
                 "goes through 'd'");
  expect_refusal({{.path = "a/b", .text = "x"}, {.path = "a/b/c", .text = "x"}},
                 "'a/b/c' goes through 'a/b', which is a file");
}

TEST_F(ArchiveSurveyTest, AR3_KeepsLinksForTheContainerToFollow) {
  EXPECT_EQ(shown(survey({{.path = "loop", .type = AE_IFLNK, .target = "loop"},
                          {.path = "out", .type = AE_IFLNK, .target = "../../etc/passwd"},
                          {.path = "x", .text = "y"}})),
            (Shown{"loop -> loop", "out -> ../../etc/passwd", "x=y"}));
}

TEST_F(ArchiveSurveyTest, AR5_RefusesWhatIsNoFile) {
  for (const unsigned type : {AE_IFCHR, AE_IFBLK, AE_IFIFO})
    expect_refusal({{.path = "dev/x", .type = type}},
                   "'dev/x' is a device, a pipe or a socket");
}

TEST_F(ArchiveSurveyTest, AR6_KeepsNoBitButX) {
  EXPECT_EQ(shown(survey(
                {{.path = "su", .text = "x", .mode = 06755},
                 {.path = "plain", .text = "y", .mode = 07666, .xattr = "security.capability"},
                 {.path = ".wh.x", .text = "z", .xattr = "trusted.overlay.opaque"}})),
            (Shown{".wh.x=z", "plain=y", "su*=x"}));
}

TEST_F(ArchiveSurveyTest, AR7_StopsBombs) {
  limits_.source_size = 1000;
  const std::string zeros(1U << 20U, '\0');
  for (const auto filter : {archive_write_add_filter_gzip, archive_write_add_filter_xz,
                            archive_write_add_filter_zstd, archive_write_add_filter_bzip2})
    expect_refusal(
        [&] {
          return survey({{.path = "x", .text = zeros}}, archive_write_set_format_pax, filter);
        },
        "the files in the archive are more than 1000 together");
  expect_refusal(
      [&] { return survey({{.path = "x", .text = zeros}}, archive_write_set_format_zip); },
      "more than 1000 together");
  // Each within the limit, and together beyond it; the same bytes again and again.
  const std::string half(600, 'x');
  expect_refusal({{.path = "a", .text = half}, {.path = "b", .text = half}}, "more than 1000");
  expect_refusal({{.path = "a", .text = half}, {.path = "a", .text = half}}, "more than 1000");
  expect_refusal({{.path = "a", .text = half}, {.path = "b", .hard = "a"}}, "more than 1000");
  EXPECT_EQ(survey({{.path = "a", .text = std::string(1000, 'x')}}).entries.size(), 1);
}

TEST_F(ArchiveSurveyTest, AR7_StopsAtTooManyEntries) {
  limits_.archive_entries = 3;
  Members members;
  for (int i = 0; i < 3; ++i) members.push_back({.path = "f", .text = "x"});
  EXPECT_EQ(survey(members).entries.size(), 1);
  members.push_back({.path = "f", .text = "x"});
  expect_refusal(members, "the archive has more than 3 entries");
  limits_ = Limits();
  limits_.source_files = 2;
  expect_refusal({{.path = "a"}, {.path = "b"}, {.path = "c"}}, "more than 2 files");
  // Directories that nothing but a path tells of count as well.
  expect_refusal({{.path = "a/b/c/d", .text = "x"}}, "more than 2 directories");
  EXPECT_EQ(
      survey({{.path = "a/b/c", .text = "x"}, {.path = "a/b/d", .text = "x"}}).entries.size(),
      2);
}

/// "LENGTH KEY=VALUE\n", whose length counts itself.
std::string pax_record(const std::string& text) {
  std::size_t length = text.size() + 2;
  while (std::to_string(length).size() + text.size() + 2 != length) ++length;
  return std::to_string(length) + ' ' + text + '\n';
}

std::string octal(std::size_t number) {
  char digits[12];
  std::snprintf(digits, sizeof digits, "%011zo", number);
  return digits;
}

TEST_F(ArchiveSurveyTest, AR7_BelievesNoSizeOfASparseFile) {
  // 8 EB, in GNU's base-256; 8 GiB without a byte of it; a map of pax that says 8 TB.
  std::string size(12, '\xff');
  size[0] = '\x80';
  size[4] = '\x7f';
  expect_raw_refusal(raw_header("x", size, '0') + kEnd, "the archive cannot be read");
  expect_raw_refusal(raw_header("x", "77777777777", '0') + kEnd,
                     "the files in the archive are more than 300 MiB together");
  const std::string records =
      pax_record("GNU.sparse.major=1") + pax_record("GNU.sparse.minor=0") +
      pax_record("GNU.sparse.name=x") + pax_record("GNU.sparse.realsize=8796093022208");
  expect_raw_refusal(raw_header("pax", octal(records.size()), 'x') + padded(records) +
                         raw_header("GNUSparseFile.0/x", octal(512), '0') +
                         padded("1\n8796093022208\n0\n") + kEnd,
                     "the files in the archive are more than 300 MiB together");
}

TEST_F(ArchiveSurveyTest, AR8_RefusesNonsenseInHeaders) {
  std::string negative(12, '\xff');
  expect_raw_refusal(raw_header("x", negative, '0') + kEnd, "the archive cannot be read");
  std::string bad_sum = raw_header("x", "00000000001", '0') + padded("y") + kEnd;
  bad_sum[148] = '7';
  expect_raw_refusal(bad_sum, "the archive cannot be read");
  // A name of a megabyte.
  const std::string name(1U << 20U, 'n');
  expect_refusal({{.path = name, .text = "x"}}, "");
  expect_raw_refusal(raw_header("long", octal(name.size()), 'L') + padded(name) +
                         raw_header("x", "00000000001", '0') + padded("y") + kEnd,
                     "");
  // A header for all that follow: what it says of paths is not obeyed.
  const std::string record = pax_record("path=/etc/passwd");
  EXPECT_EQ(shown(survey_raw(raw_header("g", octal(record.size()), 'g') + padded(record) +
                             raw_header("x", "00000000001", '0') + padded("y") + kEnd)),
            Shown{"x=y"});
}

TEST_F(ArchiveSurveyTest, AR9_TheLastOfTheSamePathHolds) {
  EXPECT_EQ(shown(survey({{.path = "a", .text = "1"},
                          {.path = "./a", .type = AE_IFLNK, .target = "b"},
                          {.path = "b", .type = AE_IFLNK, .target = "/etc/passwd"},
                          {.path = "b", .text = "2"},
                          {.path = "c", .type = AE_IFDIR},
                          {.path = "c", .text = "3"}})),
            (Shown{"a -> b", "b=2", "c=3"}));
  expect_refusal(
      {{.path = "c/", .type = AE_IFDIR}, {.path = "c/d"}, {.path = "c", .text = "3"}},
      "'c/d' goes through 'c'");
}

TEST_F(ArchiveSurveyTest, MakesFilesOfHardLinks) {
  EXPECT_EQ(shown(survey({{.path = "a", .text = "1", .mode = 0755},
                          {.path = "b", .hard = "./a"},
                          {.path = "a", .text = "2"}})),
            (Shown{"a=2", "b*=1"}));
  for (const char* target : {"a", "missing", "d"})
    expect_refusal({{.path = "d/", .type = AE_IFDIR},
                    {.path = "b", .hard = target},
                    {.path = "a", .text = "1"}},
                   "'b' is a hard link to");
  expect_refusal({{.path = "b", .hard = "/etc/passwd"}}, "is an absolute path");
  expect_refusal({{.path = "b", .hard = "../../etc/passwd"}}, "leads out of its folder");
}

TEST_F(ArchiveSurveyTest, AR10_RefusesWhatWasCutOffAndWhatIsNone) {
  const std::string tar = raw_header("a", "00000000001", '0') + padded("1") +
                          raw_header("b", "00000002000", '0') + padded(std::string(1024, 'b'));
  EXPECT_EQ(survey_raw(tar + kEnd).entries.size(), 2);
  EXPECT_EQ(survey_raw(tar + kEnd + "garbage behind the end").entries.size(), 2);
  EXPECT_EQ(survey_raw(tar + kEnd + tar + kEnd).entries.size(), 2);
  expect_raw_refusal(tar, "the archive has no end: it was cut off");
  for (std::size_t size = 513; size < tar.size(); size += 511)
    expect_raw_refusal(tar.substr(0, size), "");
  for (const auto filter : {archive_write_add_filter_gzip, archive_write_add_filter_xz,
                            archive_write_add_filter_zstd, archive_write_add_filter_bzip2}) {
    test::write_archive(scratch_ / "whole", kPlain, archive_write_set_format_pax, filter);
    const std::string whole = test::slurp(scratch_ / "whole");
    expect_raw_refusal(whole.substr(0, whole.size() / 2), "");
  }
  test::write_archive(scratch_ / "zip", kPlain, archive_write_set_format_zip);
  const std::string zip = test::slurp(scratch_ / "zip");
  for (const std::size_t size : {zip.size() - 1, zip.size() / 2, std::size_t{40}})
    expect_raw_refusal(zip.substr(0, size), "the archive cannot be read");
  expect_raw_refusal("this is no archive\n", "it must be a tar, plain or compressed");
  expect_raw_refusal(std::string(4096, '\0'), "");
  expect_raw_refusal("\x1f\x8b garbage", "the archive cannot be read");
  expect_raw_refusal("#1/usr/bin/perl", "the archive cannot be read");
  expect_refusal(Members{}, "the archive has no files in it");
  expect_refusal({{.path = "empty/", .type = AE_IFDIR}}, "the archive has no files in it");
}

TEST_F(ArchiveSurveyTest, SeesThatAZipWasChanged) {
  test::write_archive(scratch_ / "zip", {{.path = "x", .text = std::string(300, 'a')}},
                      [](archive* out) {
                        archive_write_set_format_zip(out);
                        return archive_write_zip_set_compression_store(out);
                      });
  std::string zip = test::slurp(scratch_ / "zip");
  zip[zip.find("aaaa") + 100] = 'b';
  expect_raw_refusal(zip, "the archive cannot be read");
}

TEST_F(ArchiveSurveyTest, RefusesWhatIsEncrypted) {
  const auto encrypted = [](archive* out) {
    archive_write_set_format_zip(out);
    archive_write_set_options(out, "zip:encryption=zipcrypt");
    return archive_write_set_passphrase(out, "secret");
  };
  expect_refusal([&] { return survey({{.path = "x", .text = "y"}}, encrypted); },
                 "'x' is encrypted");
}

TEST_F(ArchiveSurveyTest, AR11_HasLimitsForPaths) {
  std::string deep;
  for (int i = 0; i < 101; ++i) deep += "d/";
  EXPECT_EQ(survey({{.path = deep.substr(2) + "f", .text = "x"}}).entries.size(), 1);
  expect_refusal({{.path = deep + "f", .text = "x"}}, "is deeper than 100 directories");
  expect_refusal({{.path = std::string(256, 'n'), .text = "x"}}, "the limit of a name is 255");
  limits_.path_length = 20;
  expect_refusal({{.path = std::string(21, 'n'), .text = "x"}}, "raise it on the host");
}

TEST_F(ArchiveSurveyTest, AR11_TakesNamesAsTheyAre) {
  const Members members = {{.path = "a\xff\xfe", .text = "1"},
                           {.path = "b\nc", .text = "2"},
                           {.path = "-rf", .text = "3"},
                           {.path = "\x1b[2J", .text = "4"}};
  const Shown all = {"\x1b[2J=4", "-rf=3", "a\xff\xfe=1", "b\nc=2"};
  EXPECT_EQ(shown(survey(members, archive_write_set_format_gnutar)), all);
  expect_refusal({{.path = "\x1b[2J/../x", .text = "x"}}, "\\x1b[2J");
}

TEST_F(ArchiveSurveyTest, AR12_TellsUpperFromLowerCase) {
  EXPECT_EQ(shown(survey({{.path = "A", .text = "1"}, {.path = "a", .text = "2"}})),
            (Shown{"A=1", "a=2"}));
}

TEST_F(ArchiveSurveyTest, RefusesPointersOfLfs) {
  expect_refusal({{.path = "big.bin",
                   .text = "version https://git-lfs.github.com/spec/v1\noid sha256:1\n"}},
                 "Git LFS files are not fetched: 'big.bin'");
}

TEST_F(ArchiveSurveyTest, BoundsTheTextThatIsKept) {
  Members members;
  for (int i = 0; i < 20'000; ++i) {
    std::string path;
    for (int part = 0; part < 16; ++part) path += std::string(250, 'n') + '/';
    members.push_back({.path = path + std::to_string(i)});
  }
  expect_refusal([&] { return survey(members, archive_write_set_format_gnutar); },
                 "the names in the archive are more than 64.0 MiB together");
}

TEST(ArchiveContents, AreWhatTheyWereWhenTheyAreDecoded) {
  ArchiveContents contents;
  contents.top = "shop";
  contents.entries = {{.kind = TarMember::Kind::executable,
                       .path = "a\nb",
                       .offset = 3,
                       .size = 4,
                       .modified = 1'700'000'000},
                      {.kind = TarMember::Kind::symlink, .path = "c/d", .target = "../x"}};
  const std::string text = contents.encode();
  const auto again = ArchiveContents::decode(text, 7, Limits());
  EXPECT_EQ(again.encode(), text);
  EXPECT_EQ(again.entries[0].path, "a\nb");
  // Whoever took over the child that encodes can say anything.
  const auto refused = [](const std::string& words, std::uint64_t bytes) {
    EXPECT_THROW((void)ArchiveContents::decode(words, bytes, Limits()), PushError) << words;
  };
  refused(text, 6);
  for (std::size_t size = 0; size < text.size(); ++size)
    if (const std::string part = text.substr(0, size);
        part != std::string("0\0shop\0", 7) && part.find("c/d") == std::string::npos &&
        part.find("a\nb") != std::string::npos && size < 20)
      refused(part, 7);
  for (const char* path : {"../x", "/x", "a//b", "a/", "./a", "", "a/../b"}) {
    contents.entries[0].path = path;
    refused(contents.encode(), 7);
  }
  contents.entries[0] = {.path = "x", .target = "y"};
  refused(contents.encode(), 7);
  contents.entries[0] = {.path = "x", .offset = 1ULL << 52U, .size = 1ULL << 52U};
  refused(contents.encode(), 7);
  refused(std::string("9\0shop\0", 7), 7);
}

}  // namespace
}  // namespace hythe
