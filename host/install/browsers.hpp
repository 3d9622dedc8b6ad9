// The table of browsers: where each browser looks for host manifests on each system, for one user
// and for the whole machine, and which files show that it is installed. To add a browser, add a
// row.
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
// The kind of manifest that a browser reads.
enum class Kind { chromium, firefox };
// The folder to which a path in the table is relative.
enum class Base { home, user_config, root };

struct Spot {
  Base base = Base::root;
  std::string_view path;  // relative to `base`
};

struct Row {
  std::string_view browser;
  Kind kind = Kind::chromium;
  System system = System::linux_desktop;
  Scope scope = Scope::user;
  Spot folder;                  // the folder in which the browser looks for manifests
  std::span<const Spot> signs;  // the browser is installed if one exists; see is_present()
  // On Windows: the registry key whose text is the path of the manifest.
  std::string_view key = {};
};

std::span<const Row> table();

// The system that this program was built for.
System this_system();

// The folders to which the table's paths are relative. Tests use a temporary folder.
struct Roots {
  std::filesystem::path home;
  std::filesystem::path user_config;
  std::filesystem::path root = "/";
};

Roots default_roots();

// A folder for manifests. Some browsers share one.
struct Target {
  std::vector<std::string> browsers;  // all browsers that read this folder
  Kind kind = Kind::chromium;
  Scope scope = Scope::user;
  std::filesystem::path folder;
  std::vector<std::string> present;  // those of `browsers` that are installed
  std::string key;                   // on Windows: the registry key; see Row
  std::filesystem::path registered;  // on Windows: the manifest that the key names; empty: none

  // The names of the installed browsers, or of all if none is installed: "Google Chrome, Brave".
  [[nodiscard]] std::string names() const;
  // The path of this host's manifest, which may not exist. On Windows `registered`, unless that is
  // empty.
  [[nodiscard]] std::filesystem::path manifest() const;
};

// The folders for one system and scope in the table's order, each only once.
std::vector<Target> targets(const Roots& roots, System system, Scope scope);

// The folder of a Chromium-like browser that is started with --user-data-dir=`profile`.
Target profile_target(const std::filesystem::path& profile);

}  // namespace cardmute::install
