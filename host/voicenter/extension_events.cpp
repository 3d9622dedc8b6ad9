#include "voicenter/extension_events.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/plain_text.hpp"
#include "voicenter/json_reader.hpp"

namespace cardmute::voicenter {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxWord_bytes = 40;
// An event that is nested deeper is not Voicenter's. The deepest value that is read is on level 6.
constexpr std::size_t kMaxEventDepth = 64;

// The latest time that is accepted, in the year 5138. A larger number is not a time.
constexpr std::int64_t kMostSeconds = 100'000'000'000;

// Where the parser is. Everything in an `other` is `other` too.
enum class Place { start, arguments, message, extensions, extension, calls, call, other };

// Reads the event, and keeps nothing but a few fields of ExtensionEvent.
class EventReader : public nlohmann::json_sax<json> {
 public:
  explicit EventReader(std::string_view extension) : extension_(extension) {}

  ExtensionEvent event;
  bool has_message = false;

  bool null() override { return true; }
  bool boolean(bool flag) override { return number(flag ? 1 : 0); }
  bool number_integer(number_integer_t value) override { return number(value); }
  bool number_unsigned(number_unsigned_t value) override {
    return number(static_cast<std::int64_t>(std::min<number_unsigned_t>(value, INT64_MAX)));
  }
  bool number_float(number_float_t value, const std::string& /*text*/) override {
    constexpr double kMax = 1e15;
    return number(value > -kMax && value < kMax ? static_cast<std::int64_t>(value) : 0);
  }
  bool string(std::string& text) override {
    switch (place()) {
      case Place::message:
        if (key_ == "reason") event.reason = word(text);
        if (key_ == "ivruniqueid" || key_ == "ivrUniqueId") event.ended_ivrid = ivrid(text);
        break;
      case Place::extension:
        if (key_ == "extenUser") is_ours_ = text == extension_;
        break;
      case Place::call:
        if (key_ == "ivrid") call_.ivrid = ivrid(text);
        if (key_ == "callstatus") call_.status = word(text);
        if (key_ == "answered") call_.answered = text == "1";
        break;
      default:
        break;
    }
    return true;
  }
  bool binary(json::binary_t& /*value*/) override { return true; }
  bool start_object(std::size_t /*size*/) override {
    const Place next = object_in(place());
    if (next == Place::message) has_message = true;
    if (next == Place::extension) {
      is_ours_ = has_calls_ = false;
      calls_.clear();
    }
    if (next == Place::call) call_ = {};
    return enter(next);
  }
  bool end_object() override {
    const Place left = leave();
    if (left == Place::call && calls_.size() < kMaxEventCalls && !call_.ivrid.empty()) {
      calls_.push_back(std::move(call_));
    }
    if (left == Place::extension) {
      ++event.extensions;
      if (is_ours_) {
        event.names_extension = true;
        event.lists_calls = has_calls_;
        event.calls = std::move(calls_);
      }
    }
    return true;
  }
  bool start_array(std::size_t /*size*/) override {
    const Place next = array_in(place());
    if (next == Place::calls) has_calls_ = true;
    return enter(next);
  }
  bool end_array() override {
    leave();
    return true;
  }
  bool key(std::string& name) override {
    key_ = name.size() <= kMaxWord_bytes ? name : "";
    return true;
  }
  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return false;
  }

 private:
  [[nodiscard]] Place place() const { return places_.empty() ? Place::start : places_.back(); }
  bool enter(Place next) {
    places_.push_back(next);
    key_.clear();
    return places_.size() <= kMaxEventDepth;
  }
  Place leave() {
    const Place left = place();
    places_.pop_back();
    key_.clear();
    return left;
  }
  [[nodiscard]] Place object_in(Place outer) const {
    if (outer == Place::arguments && !has_message) return Place::message;
    if (outer == Place::message && key_ == "data") return Place::extension;
    if (outer == Place::extensions) return Place::extension;
    return outer == Place::calls ? Place::call : Place::other;
  }
  [[nodiscard]] Place array_in(Place outer) const {
    if (outer == Place::start) return Place::arguments;
    if (outer == Place::message && key_ == "extensions") return Place::extensions;
    return outer == Place::extension && key_ == "calls" ? Place::calls : Place::other;
  }
  bool number(std::int64_t value) {
    const bool is_time = value > 0 && value <= kMostSeconds;
    if (place() == Place::message && key_ == "servertime" && is_time) event.server_time_s = value;
    if (place() != Place::call) return true;
    if (key_ == "answered") call_.answered = value == 1;
    if (key_ == "callAnswered" && is_time) call_.since_s = value;
    if (key_ == "callStarted" && is_time && !call_.since_s) call_.since_s = value;
    return true;
  }
  static std::string word(const std::string& text) { return plain_text(text, kMaxWord_bytes); }
  static std::string ivrid(const std::string& text) {
    const bool usable = text.size() <= kMaxIvrid_bytes &&
                        std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; });
    return usable ? text : "";
  }

  std::string extension_;
  std::vector<Place> places_;
  std::string key_;  // the current key of the innermost object
  bool is_ours_ = false;
  bool has_calls_ = false;
  std::vector<EventCall> calls_;
  EventCall call_;
};

engine::CallPhase phase_of(const EventCall& call) {
  if (call.status == "Hold") return engine::CallPhase::held;
  if (call.status == "Talking") return engine::CallPhase::talking;
  if (call.status == "Ringing" || call.status == "Dialing") return engine::CallPhase::ringing;
  return engine::CallPhase::unknown;
}

}  // namespace

std::optional<ExtensionEvent> read_extension_event(std::string_view text,
                                                   std::string_view extension) {
  EventReader reader(extension);
  if (!read_json(text, reader) || !reader.has_message) return std::nullopt;
  return std::move(reader.event);
}

engine::CallList call_list_of(const ExtensionEvent& event, UtcTime now) {
  engine::CallList list;
  // An event without a list of calls says nothing about which calls there are.
  list.complete = event.names_extension && event.lists_calls;
  if (event.reason == kHangup) list.ended = event.ended_ivrid;
  for (const EventCall& call : event.calls) {
    if (call.ivrid == list.ended) continue;
    engine::ListedCall listed{.call_id = call.ivrid};
    listed.phase = phase_of(call);
    // A call with the status "Talking" or "Hold" counts as answered, because most calls that begin
    // as "Talking" never get an event ANSWER.
    listed.answered = call.answered || listed.phase == engine::CallPhase::talking ||
                      listed.phase == engine::CallPhase::held;
    if (call.since_s && event.server_time_s && *call.since_s <= *event.server_time_s) {
      listed.since = now - std::chrono::seconds(*event.server_time_s - *call.since_s);
    }
    list.calls.push_back(std::move(listed));
  }
  return list;
}

}  // namespace cardmute::voicenter
