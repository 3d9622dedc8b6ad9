#include "rounds.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "bare_socket.hpp"
#include "clock.hpp"
#include "host_process.hpp"
#include "memory.hpp"

namespace cardmute::bench {

namespace {

using nlohmann::json;

constexpr int kWarmUp_mutes = 20;
constexpr int kMutes = 25;  // in each round, with pauses and again without
constexpr int kStarts = 3;  // in each round
constexpr int kMutesBeforeMemory = 1000;
// Long enough for a host to write its log and go to sleep: real forms do not open in a burst.
constexpr auto kPause = std::chrono::milliseconds(3);

// One of the compared hosts. The bare socket has no process.
struct Subject {
  std::string name;
  std::vector<std::string> command;
  std::unique_ptr<HostProcess> process;
  std::function<double()> mute;
  std::function<double()> unmute;
  std::vector<double> paced_ms;
  std::vector<double> back_to_back_ms;
  std::vector<double> start_ms;
  int mutes = 0;

  double cycle(std::chrono::milliseconds pause) {
    if (pause.count() > 0) std::this_thread::sleep_for(pause);
    const double took_ms = mute();
    if (pause.count() > 0) std::this_thread::sleep_for(pause);
    unmute();
    ++mutes;
    return took_ms;
  }

  void start_and_stop() {
    HostProcess fresh(command);
    fresh.mute();
    start_ms.push_back(ms_between(fresh.started_at(), Clock::now()));
    fresh.unmute();
  }

  void take_turn() {
    for (int i = 0; i < kMutes; ++i) paced_ms.push_back(cycle(kPause));
    for (int i = 0; i < kMutes; ++i) {
      back_to_back_ms.push_back(cycle(std::chrono::milliseconds(0)));
    }
    for (int i = 0; process && i < kStarts; ++i) start_and_stop();
  }

  [[nodiscard]] json samples() const {
    json all{{"paced_ms", paced_ms}, {"back_to_back_ms", back_to_back_ms}};
    if (!process) return all;
    const Memory memory = memory_of(process->id());
    all["start_ms"] = start_ms;
    all["mutes_before_memory"] = mutes;
    all["resident_KiB"] = memory.resident_KiB;
    all["proportional_KiB"] = memory.proportional_KiB;
    all["private_KiB"] = memory.private_KiB;
    all["anonymous_KiB"] = memory.anonymous_KiB;
    return all;
  }
};

Subject make_bare(BareSocket& socket) {
  Subject subject;
  subject.name = "bare";
  subject.mute = [&socket] { return socket.post(true); };
  subject.unmute = [&socket] { return socket.post(false); };
  return subject;
}

Subject make_host(const Host& host) {
  Subject subject;
  subject.name = host.name;
  subject.command = host.command;
  subject.process = std::make_unique<HostProcess>(host.command);
  auto* const process = subject.process.get();
  subject.mute = [process] { return process->mute(); };
  subject.unmute = [process] { return process->unmute(); };
  return subject;
}

}  // namespace

json measure(const std::vector<Host>& hosts, const LoopbackServer& server, int rounds) {
  BareSocket socket(server.port());
  std::vector<Subject> subjects;
  subjects.push_back(make_bare(socket));
  for (const auto& host : hosts) subjects.push_back(make_host(host));

  for (auto& subject : subjects) {
    while (subject.mutes < kWarmUp_mutes) subject.cycle(std::chrono::milliseconds(0));
  }
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      subjects[(i + static_cast<std::size_t>(round)) % subjects.size()].take_turn();
    }
  }
  json samples;
  for (auto& subject : subjects) {
    while (subject.mutes < kMutesBeforeMemory) subject.cycle(std::chrono::milliseconds(0));
    samples[subject.name] = subject.samples();
  }
  return samples;
}

}  // namespace cardmute::bench
