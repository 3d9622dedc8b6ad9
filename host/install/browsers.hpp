// The one table of browsers: where each looks for host manifests on each system, for one user and
// for the whole machine, and how to see that it is there. Another browser is another row.
// install/ and cli/ use it.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardmute::install {

enum class System { linux_desktop, macos };
enum class Scope { user, machine };
// Which of the two kinds of manifest a browser reads.
enum class Kind { chromium, firefox };
// What a path of the table is below.
enum class Base { home, user_config, root };

struct Spot {
  Base base = Base::root;
  std::string_view path;  // relative to the base
};

struct Row {
  std::string_view browser;
  Kind kind = Kind::chromium;
  System system = System::linux_desktop;
  Scope scope = Scope::user;
  Spot folder;                  // where the manifest goes
  std::span<const Spot> signs;  // one of them there: the browser is there
};

std::span<const Row> table();

// The system this program was built for.
System this_system();

// What the table's paths are below; tests put a temporary folder here.
struct Roots {
  std::filesystem::path home;
  std::filesystem::path user_config;
  std::filesystem::path root = "/";
};

// This user's and this machine's own.
Roots default_roots();

// One folder for manifests. Some browsers share one.
struct Target {
  std::vector<std::string> browsers;  // that read this folder
  Kind kind = Kind::chromium;
  Scope scope = Scope::user;
  std::filesystem::path folder;
  std::vector<std::string> present;  // of `browsers`, those that are on this machine

  // Those that are there, or all where none is: "Google Chrome, Brave".
  [[nodiscard]] std::string names() const;
  // Where this host's manifest is, or would be.
  [[nodiscard]] std::filesystem::path manifest() const;
};

// The folders of one system and scope, each once, in the table's order.
std::vector<Target> targets(const Roots& roots, System system, Scope scope);

// The folder of a browser that was started with --user-data-dir=`profile` (Chromium's kind).
Target profile_target(const std::filesystem::path& profile);

}  // namespace cardmute::install
