#include "install/replacement.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

namespace cardmute::install {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// The program that the manifest names; empty if it names none that exists.
fs::path program_of(const fs::path& manifest) {
  std::ifstream file(manifest);
  const json content = json::parse(file, nullptr, /*allow_exceptions=*/false);
  if (!content.is_object() || !content.contains("path") || !content["path"].is_string()) return {};
  fs::path program = manifest.parent_path() / content["path"].get<std::string>();
  std::error_code error;
  return fs::exists(program, error) ? program : fs::path();
}

}  // namespace

bool is_replaced(const fs::path& program, Kind kind, const Roots& roots, System system) {
  bool found = false;
  for (const Scope scope : {Scope::user, Scope::machine}) {
    for (const Target& target : targets(roots, system, scope)) {
      const fs::path named = target.kind == kind ? program_of(target.manifest()) : fs::path();
      if (named.empty()) continue;
      std::error_code error;
      if (fs::equivalent(named, program, error)) return false;
      found = true;
    }
  }
  return found;
}

}  // namespace cardmute::install
