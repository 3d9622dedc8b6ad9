#include "store/entry_kind.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cardmute::store {

namespace {

// The names, in the order of EntryKind.
constexpr std::array<std::string_view, static_cast<std::size_t>(EntryKind::other) + 1> kNames{
    "surface_open",
    "surface_close",
    "surface_lost",
    "surface_settled",
    "request",
    "override",
    "state",
    "exposure",
    "form_exposure",
    "keystroke_exposure",
    "recording_over_form",
    "continued",
    "idle",
    "form_mute_long",
    "unmute_delayed",
    "left_muted",
    "banner_not_seen",
    "overlay_failed",
    "rule_drift",
    "correction",
    "form_call",
    "proof",
    "store_mended",
    ""};

}  // namespace

std::string_view name_of(EntryKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

EntryKind entry_kind_of(std::string_view name) {
  const auto place = static_cast<std::size_t>(std::ranges::find(kNames, name) - kNames.begin());
  return place < kNames.size() ? static_cast<EntryKind>(place) : EntryKind::other;
}

}  // namespace cardmute::store
