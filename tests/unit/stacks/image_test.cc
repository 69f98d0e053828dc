// SPDX-License-Identifier: Apache-2.0
#include "stacks/image.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "stacks/tree.h"
#include "tests/unit/lib/git_fixture.h"

namespace hythe::stacks {
namespace {

const std::string kDigest = "sha256:" + std::string(64, 'a');
const std::string kOther = "sha256:" + std::string(64, 'b');

class ImageTest : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(scratch_ / name).parent_path());
    test::spill(scratch_ / name, text);
  }
  std::vector<std::string> layers() {
    const UniqueFd directory = open_file(scratch_ / ".", O_RDONLY | O_DIRECTORY);
    EXPECT_TRUE(is_image(directory.get()));
    return layers_of(directory.get());
  }
  test::ScratchDirectory scratch_;
};

TEST_F(ImageTest, IsWhatDockerSaves) {
  write("manifest.json",
        R"([{"Config":"c.json","RepoTags":["x:1"],"Layers":["a/layer.tar","b/layer.tar"]}])");
  EXPECT_EQ(layers(), (std::vector<std::string>{"a/layer.tar", "b/layer.tar"}));
}

TEST_F(ImageTest, IsAnOciLayout) {
  write("index.json", R"({"schemaVersion":2,"manifests":[{"digest":")" + kDigest + R"("}]})");
  write(
      blob_path(kDigest),
      R"({"manifests":[{"digest":"sha256:0","platform":{"os":"linux","architecture":"s390x"}},{"digest":")" +
          kOther + R"(","platform":{"os":"linux","architecture":"amd64"}},{"digest":")" +
          kOther + R"(","platform":{"os":"linux","architecture":"arm64"}}]})");
  write(blob_path(kOther), R"({"layers":[{"digest":")" + kDigest + R"("}]})");
  EXPECT_EQ(layers(), std::vector<std::string>{blob_path(kDigest)});
}

TEST_F(ImageTest, NamesNothingElsewhere) {
  for (const char* layers_text : {R"(["../x"])", R"(["/etc/passwd"])", "[]", R"([""])", "{}"}) {
    write("manifest.json", std::string(R"([{"Layers":)") + layers_text + "}]");
    EXPECT_THROW((void)layers(), PushError) << layers_text;
  }
  for (const char* text : {"[]", "[{},{}]", "{", "nothing", "",
                           "[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]"}) {
    write("manifest.json", text);
    EXPECT_THROW((void)layers(), PushError) << text;
  }
  for (const char* digest : {"", "sha256:", "sha256:../../x", "md5:0", "sha256:ABC"})
    EXPECT_THROW((void)blob_path(digest), PushError) << digest;
}

TEST_F(ImageTest, IsNoRootFileSystem) {
  write("manifest.json", "[]");
  write("usr/bin/x", "");
  const UniqueFd directory = open_file(scratch_ / ".", O_RDONLY | O_DIRECTORY);
  EXPECT_FALSE(is_image(directory.get()));
}

}  // namespace
}  // namespace hythe::stacks
