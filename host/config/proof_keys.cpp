// The key "proof" of a provider's section, and the keys in it; see keys.hpp and proof.hpp.
#include <array>
#include <utility>

#include "config/document.hpp"
#include "config/keys.hpp"
#include "config/proof.hpp"
#include "config/values.hpp"

namespace cardmute::config {

using nlohmann::json;

namespace {

constexpr const char* kExpectedProof =
    "the group {…} that doctor --test-call --write-proof has written, or {\"file\": \"/its/path\"}";

CarriedProof& proof_of(const Setting& setting) { return *setting.draft.config.proof; }

void take_at(const Setting& setting) {
  constexpr const char* kExpectedTime = "a time in UTC such as \"2026-11-21T10:00:00.000Z\"";
  const auto at = setting.value.is_string() ? parse_utc(setting.value.get_ref<const std::string&>())
                                            : std::nullopt;
  if (at) {
    proof_of(setting).at = *at;
  } else {
    setting.report.wrong(setting.key, "found " + describe(setting.value), kExpectedTime);
  }
}

// Reads a text that may be empty, since some providers have no state or no action IDs.
std::string text_or_empty(const Setting& setting, const char* expected) {
  const bool is_empty =
      setting.value.is_string() && setting.value.get_ref<const std::string&>().empty();
  return is_empty ? "" : text_of(setting, expected).value_or("");
}

}  // namespace

std::span<const Key> proof_keys() {
  static constexpr std::array<Key, 6> kProofKeys{{
      {"at", take_at},
      {"url",
       [](const Setting& setting) {
         proof_of(setting).url = service_url_of(setting).value_or("");
       }},
      {"state",
       [](const Setting& setting) {
         proof_of(setting).state = text_or_empty(setting, "the state that muted");
       }},
      {"method",
       [](const Setting& setting) {
         static constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kMethods{
             {{"active_calls", "active_calls"}, {"listened", "listened"}}};
         proof_of(setting).method = choice_of(setting, kMethods).value_or("");
       }},
      {"action_id",
       [](const Setting& setting) {
         proof_of(setting).action_id = text_or_empty(setting, "the ID of the mute");
       }},
      {"by",
       [](const Setting& setting) {
         proof_of(setting).by = text_or_empty(setting, "who made the test call");
       }},
  }};
  return kProofKeys;
}

namespace {

void take_group_of_proof(const Setting& setting) {
  setting.draft.config.proof.emplace();
  take_group(setting.value, setting.key, proof_keys(), setting.draft, setting.report);
  for (const char* name : {"at", "url", "state", "method"}) {
    if (!setting.value.contains(name)) {
      setting.report.wrong(join(setting.key, name), "missing", kExpectedProof);
    }
  }
}

void take_file_of_proof(const Setting& setting) {
  const auto path = readable_file_of(setting);
  if (!path) {
    // A missing file is added to the named files too, because it may appear later.
    if (setting.value.is_string()) {
      setting.draft.config.named_files.push_back(setting.value.get<std::string>());
    }
    return;
  }
  setting.draft.config.named_files.push_back(*path);
  const auto text = read_text(*path, setting.report, platform::Writers::anybody);
  const auto document = text ? parse_document(*text, setting.report) : std::nullopt;
  setting.draft.proof_file = *path;
  if (document) {
    take_group_of_proof({document->content, setting.key, setting.draft, setting.report});
  }
}

void take_value_of_proof(const Setting& setting) {
  if (!setting.value.is_object()) {
    setting.report.wrong(setting.key, "found " + kind_of(setting.value), kExpectedProof);
  } else if (setting.value.size() == 1 && setting.value.contains("file")) {
    const std::string key = join(setting.key, "file");
    take_file_of_proof({setting.value["file"], key, setting.draft, setting.report});
  } else {
    take_group_of_proof(setting);
  }
}

}  // namespace

// A mistake drops the whole proof, but is only a warning, because calls are muted even without a
// proof.
void take_proof(const Setting& setting) {
  auto& proof = setting.draft.config.proof;
  proof.reset();
  setting.draft.proof_file.clear();
  if (setting.value.is_null()) return;
  Loaded found;
  Report report(setting.draft.file, found);
  take_value_of_proof({setting.value, setting.key, setting.draft, report});
  if (found.errors.empty()) return;
  proof.reset();
  for (const Problem& problem : found.errors) {
    setting.report.warn(problem.key.empty() ? setting.key : problem.key,
                        "ignored: " + problem.message);
  }
}

bool is_for(const CarriedProof& proof, const telephony::Account& account) {
  return proof.url == account.server_url() && proof.state == account.polarity();
}

json to_json(const CarriedProof& proof) {
  return {{"at", format_utc(proof.at)},   {"url", proof.url},
          {"state", proof.state},         {"method", proof.method},
          {"action_id", proof.action_id}, {"by", proof.by}};
}

}  // namespace cardmute::config
