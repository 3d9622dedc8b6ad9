// A native messaging host manifest: its text, whose it is, and what keeps a browser from using it.
// install/ and cli/ use it.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "install/browsers.hpp"

namespace cardmute::install {

// What the browser is told: start `program` for CardMute's own extensions and for those of
// `allowed_callers` that are of this kind. `program` is an absolute path.
std::string manifest_text(Kind kind, const std::filesystem::path& program,
                          std::span<const std::string> allowed_callers);

enum class Owner {
  nobody,    // there is no such file
  cardmute,  // a manifest of this host's name
  foreign,   // anything else: never touched
};

Owner owner_of(const std::filesystem::path& manifest);

// Why a browser would not start `program` for CardMute's extension because of this manifest, in
// plain words; empty when it would.
std::vector<std::string> flaws_of(const std::filesystem::path& manifest, Kind kind,
                                  const std::filesystem::path& program);

}  // namespace cardmute::install
