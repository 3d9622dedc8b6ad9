// Runs a fuzzer's check once for each file of the given folders, as libFuzzer does with -runs=0.
// This tests the corpus without a build for libFuzzer.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int count, char** folders) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < count; ++i) {
    for (const auto& entry : std::filesystem::directory_iterator(folders[i])) {
      files.push_back(entry.path());
    }
  }
  if (files.empty()) {
    std::fputs("no files\n", stderr);
    return 1;
  }
  std::sort(files.begin(), files.end());
  // Like libFuzzer, begin with an empty input.
  std::fputs("input: (empty)\n", stderr);
  const std::uint8_t nothing = 0;
  LLVMFuzzerTestOneInput(&nothing, 0);
  for (const auto& file : files) {
    std::fprintf(stderr, "input: %s\n", file.c_str());
    std::ifstream stream(file, std::ios::binary);
    const std::vector<char> read{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) {
      std::fputs("cannot be read\n", stderr);
      return 1;
    }
    // A copy without spare capacity, so that the sanitizer finds a read past the input's end.
    const std::vector<std::uint8_t> bytes(read.begin(), read.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
  std::fprintf(stderr, "runs: %zu\n", files.size() + 1);
  return 0;
}
