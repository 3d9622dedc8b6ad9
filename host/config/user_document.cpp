#include "config/user_document.hpp"

#include <algorithm>
#include <utility>

#include "config/section.hpp"
#include "config/values.hpp"

namespace cardmute::config {

using nlohmann::json;

bool is_allowed(const std::string& section, const std::string& key,
                const std::vector<std::string>& allowed) {
  return std::find(allowed.begin(), allowed.end(), section) != allowed.end() ||
         std::find(allowed.begin(), allowed.end(), key) != allowed.end();
}

bool needs_active_calls(const Draft& draft) {
  return draft.account && draft.account->settings.by_call && !draft.account->lists_calls() &&
         !draft.account->has_feed();
}

std::string call_without_list(const telephony::Account& account) {
  return "\"call\" without " + account.key("active_calls");
}

namespace {

// Removes the keys that the user's file may not set. Unknown keys stay, so that they are reported
// as unknown.
void drop_kept_keys(json& document, const std::vector<std::string>& allowed, Report& report) {
  const std::vector<std::string> known = known_keys();
  for (const auto& [section, members] : document.items()) {
    if (!members.is_object()) {
      continue;
    }
    const json before = members;  // a copy, because erasing would invalidate the iterators
    for (const auto& [name, value] : before.items()) {
      const std::string key = join(section, name);
      const bool is_known = std::find(known.begin(), known.end(), key) != known.end();
      if (is_known && !is_allowed(section, key, allowed)) {
        report.warn(key, "ignored: the machine's configuration does not let a user set it");
        members.erase(name);
      }
    }
  }
}

// The first two parts of a dotted key. The second one is empty if there is only one part.
std::pair<std::string, std::string> section_and_name(const std::string& key) {
  const auto dot = key.find('.');
  if (dot == std::string::npos) return {key, ""};
  const auto end = key.find('.', dot + 1);
  return {key.substr(0, dot), key.substr(dot + 1, end == std::string::npos ? end : end - dot - 1)};
}

// Removes keys that occur twice, because nobody knows which value was meant. If such a key is
// deeper than "section.name", all of "section.name" is removed.
void drop_doubled_keys(Document& document) {
  for (const std::string& key : document.doubled) {
    const auto [section, name] = section_and_name(key);
    if (name.empty()) {
      document.content.erase(section);
    } else if (const auto members = document.content.find(section);
               members != document.content.end() && members->is_object()) {
      members->erase(name);
    }
  }
}

// Takes over the whole document, or nothing of it if anything in it is wrong.
void take_if_right(const json& document, Draft& draft, Report& report) {
  const std::size_t before = report.wrong_count();
  Draft changed = draft;
  take_group(document, "", top_keys(), changed, report);
  if (report.wrong_count() == before) {
    draft = std::move(changed);
  } else {
    // The draft keeps the files that `document` names, because the mistake may be that one of them
    // is missing. That file may appear later.
    draft.config.named_files = std::move(changed.config.named_files);
  }
}

// Takes over each key by itself. If a value is wrong, the draft keeps its own.
void take_each(const json& document, Draft& draft, Report& report) {
  for (const auto& [section, members] : document.items()) {
    if (!members.is_object()) {
      take_if_right({{section, members}}, draft, report);
      continue;
    }
    for (const auto& [name, value] : members.items()) {
      take_if_right({{section, {{name, value}}}}, draft, report);
    }
  }
}

// Removes and returns the keys that decide how calls are muted and how calls are found. These keys
// must be taken over together, because calls can be muted one by one only if their IDs are known.
json take_out_keys_of_calls(json& document) {
  json taken = json::object();
  for (const Section* section : sections()) {
    const std::string name(section->name);
    const auto members = document.find(name);
    if (members == document.end() || !members->is_object()) continue;
    for (const char* key : {"target", "active_calls", "realtime"}) {
      const auto found = members->find(key);
      if (found == members->end()) continue;
      taken[name][key] = std::move(*found);
      members->erase(found);
    }
  }
  return taken;
}

}  // namespace

void take_over_machine(Document document, Draft& draft, Report& report) {
  drop_doubled_keys(document);
  drop_kept_keys(document.content, *draft.user_may_set, report);
  const json of_calls = take_out_keys_of_calls(document.content);
  take_each(document.content, draft, report);
  Draft changed = draft;
  take_each(of_calls, changed, report);
  if (needs_active_calls(changed) && !needs_active_calls(draft)) {
    report.wrong(changed.account->key("target"), call_without_list(*changed.account),
                 "\"extension\", or active_calls or realtime as well");
    draft.config.named_files = std::move(changed.config.named_files);
  } else {
    draft = std::move(changed);
  }
}

}  // namespace cardmute::config
