// The table of browsers: where each one looks for host manifests on each system, for one user and
// for the whole machine, and which files show that it is installed. To add a browser, add a row.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardmute::install {

enum class System { linux_desktop, macos, windows };
enum class Scope { user, machine };
// Which of the two kinds of manifest a browser reads.
enum class Kind { chromium, firefox };
// The folder that a path of the table is relative to.
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
  std::span<const Spot> signs;  // the browser is installed if one of these exists
  // Windows: the registry's key whose text names the manifest.
  std::string_view key = {};
};

std::span<const Row> table();

// The system that this program was built for.
System this_system();

// The folders that the table's paths are relative to. Tests use a temporary folder.
struct Roots {
  std::filesystem::path home;
  std::filesystem::path user_config;
  std::filesystem::path root = "/";
};

// Of this user and this machine.
Roots default_roots();

// One folder for manifests. Some browsers share one.
struct Target {
  std::vector<std::string> browsers;  // all that read this folder
  Kind kind = Kind::chromium;
  Scope scope = Scope::user;
  std::filesystem::path folder;
  std::vector<std::string> present;  // those of `browsers` that are installed
  std::string key;                   // Windows: see Row
  std::filesystem::path registered;  // Windows: the manifest that the key names; empty: none

  // The installed browsers, or all if none is installed: "Google Chrome, Brave".
  [[nodiscard]] std::string names() const;
  // The path of this host's manifest, which may not exist.
  [[nodiscard]] std::filesystem::path manifest() const;
};

// The folders of one system and scope, each once, in the table's order.
std::vector<Target> targets(const Roots& roots, System system, Scope scope);

// The folder of a browser that was started with --user-data-dir=`profile` (Chromium's kind).
Target profile_target(const std::filesystem::path& profile);

}  // namespace cardmute::install
