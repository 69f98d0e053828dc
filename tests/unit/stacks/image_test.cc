// SPDX-License-Identifier: Apache-2.0
#include "stacks/image.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/sha256.h"
#include "stacks/tree.h"
#include "tests/unit/lib/git/git_fixture.h"

namespace hythe::stacks {
namespace {

std::string sum(const std::string& text) {
  Sha256 sum;
  sum.add(text);
  return sum.hex();
}

class ImageTest : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(scratch_ / name).parent_path());
    test::spill(scratch_ / name, text);
  }
  /// Writes it where an OCI layout has it; its digest.
  std::string blob(const std::string& text) {
    write("blobs/sha256/" + sum(text), text);
    return "sha256:" + sum(text);
  }
  std::vector<std::string> layers() {
    const UniqueFd directory = open_file(scratch_ / ".", O_RDONLY | O_DIRECTORY);
    EXPECT_TRUE(is_image(directory.get()));
    std::vector<std::string> paths;
    for (const Layer& layer : layers_of(directory.get())) {
      paths.push_back(layer.path);
      (void)open_layer(directory.get(), layer);
    }
    return paths;
  }
  void expect_refused(const std::string& why) {
    try {
      (void)layers();
      FAIL() << why;
    } catch (const PushError& error) {
      EXPECT_NE(std::string(error.what()).find(why), std::string::npos) << error.what();
    }
  }
  test::ScratchDirectory scratch_;
};

std::string config_of(const std::vector<std::string>& layers) {
  std::string sums;
  for (const std::string& layer : layers)
    sums += concat(sums.empty() ? "" : ",", "\"sha256:", sum(layer), '"');
  // As docker writes it: escapes, nulls, and steps that are longer than a line.
  return concat(
      R"({"architecture":"amd64","config":{"ExposedPorts":{"80/tcp":{}},"Cmd":null,"Env":["A=b: c # d"]},)",
      R"("created":"2026-11-25T00:00:00.1Z","history":[{"created_by":"/bin/sh -c a \u0026\u0026 \"b\"\t\\ )",
      std::string(5000, 'x'), R"( \u003e /c\n","empty_layer":true},{}],"os":"linux","rootfs":)",
      R"({"type":"layers","diff_ids":[)", sums, "]}}");
}

TEST_F(ImageTest, IsWhatDockerSaves) {
  const std::string config = config_of({"one", "two"});
  const std::string name = sum(config) + ".json";
  write("manifest.json",
        R"([{"Config":")" + name +
            R"(","RepoTags":["x:1"],"Layers":["a/layer.tar","b/layer.tar"]}])");
  write(name, config);
  write("a/layer.tar", "one");
  write("b/layer.tar", "two");
  EXPECT_EQ(layers(), (std::vector<std::string>{"a/layer.tar", "b/layer.tar"}));
  write("b/layer.tar", "other");
  expect_refused("'b/layer.tar' of the image has not the announced SHA-256 sum " + sum("two"));
  write("b/layer.tar", "two");
  write(name, config_of({"one", "other"}));
  expect_refused("'" + name + "' of the image has not the announced SHA-256 sum ");
}

TEST_F(ImageTest, IsAnOciLayout) {
  const std::string layer = blob("one");
  const std::string manifest = blob(concat(R"({"config":{"digest":")", blob(config_of({"one"})),
                                           R"("},"layers":[{"digest":")", layer, R"("}]})"));
  const std::string index = blob(
      R"({"manifests":[{"digest":"sha256:0","platform":{"os":"linux","architecture":"s390x"}},{"digest":")" +
      manifest + R"(","platform":{"os":"linux","architecture":"amd64"}},{"digest":")" +
      manifest + R"(","platform":{"os":"linux","architecture":"arm64"}}]})");
  write("index.json", R"({"schemaVersion":2,"manifests":[{"digest":")" + index + R"("}]})");
  EXPECT_EQ(layers(), std::vector<std::string>{blob_path(layer)});
  for (const std::string& digest : {layer, manifest, index}) {
    const std::string text = test::slurp(scratch_ / blob_path(digest));
    write(blob_path(digest), text + " ");
    expect_refused("'" + blob_path(digest) +
                   "' of the image has not the announced SHA-256 sum ");
    write(blob_path(digest), text);
  }
}

TEST_F(ImageTest, HasASumForEachLayer) {
  for (const std::string& config : {config_of({"one"}), config_of({}),
                                    std::string(R"({"rootfs":{"diff_ids":["x","y"]}})")}) {
    write("c.json", config);
    write("manifest.json", R"([{"Config":"c.json","Layers":["a.tar","b.tar"]}])");
    EXPECT_THROW((void)layers(), PushError) << config;
  }
  write("manifest.json", R"([{"Layers":["a.tar"]}])");
  EXPECT_THROW((void)layers(), PushError);
}

TEST_F(ImageTest, NamesNothingElsewhere) {
  write("c.json", config_of({"one"}));
  for (const char* layers_text : {R"(["../x"])", R"(["/etc/passwd"])", "[]", R"([""])", "{}"}) {
    write("manifest.json",
          std::string(R"([{"Config":"c.json","Layers":)") + layers_text + "}]");
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
