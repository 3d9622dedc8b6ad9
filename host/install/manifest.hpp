// The native messaging host manifest: its text, whose it is, and what prevents a browser from using
// it.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "install/browsers.hpp"

namespace cardmute::install {

// The text of a manifest that makes the browser start `program` (an absolute path) for the
// extensions of callers_of().
std::string manifest_text(Kind kind, const std::filesystem::path& program,
                          std::span<const std::string> allowed_callers);

enum class Owner {
  nobody,    // the file does not exist
  cardmute,  // a manifest with this host's name
  foreign,   // any other file; it is never changed
};

Owner owner_of(const std::filesystem::path& manifest);

// The extensions that may call the host in a browser of this kind: CardMute's own, and those of
// `allowed_callers` whose names are of this kind.
std::vector<std::string> callers_of(Kind kind, std::span<const std::string> allowed_callers);

// Why a browser with this manifest would not start `program` for every one of callers_of(); empty
// if it would. The checks are as strict as Chromium 156 and Firefox ESR 153: Firefox rejects
// unknown keys and comments, Chromium rejects an empty description, and both reject a missing one.
std::vector<std::string> flaws_of(const std::filesystem::path& manifest, Kind kind,
                                  const std::filesystem::path& program,
                                  std::span<const std::string> allowed_callers = {});

}  // namespace cardmute::install
