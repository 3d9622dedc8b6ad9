// Tests which calls the ledger records as active while a form was open.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/form_calls.hpp"

namespace cardmute::agent {
namespace {

using engine::CallPhase;
using engine::Engine;
using engine::ListedCall;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> texts(const std::vector<FormCalls::Change>& changes) {
  std::vector<std::string> texts;
  for (const auto& [surface, call_id, phase] : changes) {
    texts.push_back(surface + " " + call_id + (phase == CallPhase::held ? " held" : ""));
  }
  return texts;
}

std::vector<Engine::Lease> forms(const std::vector<std::string>& surfaces) {
  std::vector<Engine::Lease> leases{{.of = Engine::Lease::Of::manual_mute}};
  for (const auto& surface : surfaces) leases.push_back({.surface = surface});
  return leases;
}

ListedCall call(const std::string& call_id, CallPhase phase = CallPhase::talking) {
  return {.call_id = call_id, .answered = phase != CallPhase::ringing, .phase = phase};
}

TEST(FormCalls, ACallIsRecordedOnceForEachFormAndAgainWhenItIsHeld) {
  FormCalls calls;
  EXPECT_THAT(calls.changes(forms({}), {call("a")}), IsEmpty()) << "no form is open";
  EXPECT_THAT(texts(calls.changes(forms({"f"}), {call("a")})), ElementsAre("f a"));
  EXPECT_THAT(calls.changes(forms({"f"}), {call("a")}), IsEmpty());
  EXPECT_THAT(texts(calls.changes(forms({"f", "g"}), {call("a")})), ElementsAre("g a"));
  EXPECT_THAT(texts(calls.changes(forms({"f"}), {call("a", CallPhase::held), call("b")})),
              ElementsAre("f a held", "f b"));
  EXPECT_THAT(texts(calls.changes(forms({"g"}), {call("a")})), ElementsAre("g a"))
      << "it is another form";
}

TEST(FormCalls, ACallThatRingsIsNotOn) {
  FormCalls calls;
  EXPECT_THAT(calls.changes(forms({"f"}), {call("a", CallPhase::ringing)}), IsEmpty());
}

TEST(FormCalls, AFormHasALimitedNumberOfEntries) {
  FormCalls calls;
  std::size_t entries = 0;
  for (std::size_t i = 0; i < 2 * kMaxFormCalls_entries; ++i) {
    entries +=
        calls.changes(forms({"f"}), {call("a", i % 2 == 0 ? CallPhase::talking : CallPhase::held)})
            .size();
  }
  EXPECT_EQ(entries, kMaxFormCalls_entries);
}

}  // namespace
}  // namespace cardmute::agent
