// Measures native messaging hosts and a bare socket side by side, and prints every sample as JSON.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "install/identity.hpp"
#include "loopback_server.hpp"
#include "rounds.hpp"
#include "system_call.hpp"

namespace cardmute::bench {

namespace {

namespace fs = std::filesystem;

// A temporary configuration and state directory.
class Folder {
 public:
  explicit Folder(const std::string& mute_url) {
    std::string name = (fs::temp_directory_path() / "cardmute-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) must(-1, "mkdtemp");
    path_ = name;
    std::ofstream(path_ / "config.json")
        << nlohmann::json{{"voicenter", {{"mute_url", mute_url}, {"extension", "API1API"}}}};
    ::setenv("CARDMUTE_CONFIG", (path_ / "config.json").c_str(), 1);
    ::setenv("CARDMUTE_STATE_DIR", (path_ / "state").c_str(), 1);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

 private:
  fs::path path_;
};

int run(int argc, char** argv) {
  std::string cardmute;
  std::vector<std::string> python;
  std::vector<std::string> node;
  int rounds = 20;
  CLI::App app("Measures CardMute's host beside minimal ones and a bare socket.");
  app.add_option("--cardmute", cardmute, "CardMute's host")->required();
  app.add_option("--python", python, "the minimal host in Python")->expected(2)->required();
  app.add_option("--node", node, "the minimal host in Node.js")->expected(2)->required();
  app.add_option("--rounds", rounds)->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);

  std::signal(SIGPIPE, SIG_IGN);
  const LoopbackServer server;
  const Folder folder(server.mute_url());
  // The minimal hosts get Voicenter's URL as an argument; CardMute's host reads its configuration.
  python.push_back(server.mute_url());
  node.push_back(server.mute_url());
  std::vector<std::string> recording = python;
  recording.push_back(folder.file("requests.sqlite"));
  std::cout << measure({{"cardmute", {cardmute, std::string(install::kChromiumOrigins.front())}},
                        {"python", python},
                        {"recording", recording},
                        {"node", node}},
                       server, rounds)
            << '\n';
  return 0;
}

}  // namespace

}  // namespace cardmute::bench

int main(int argc, char** argv) {
  try {
    return cardmute::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "cardmute-bench: " << error.what() << '\n';
    return 1;
  }
}
