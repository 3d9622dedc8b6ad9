// One simulated world: the user's browsers, their hosts with a real store, the network, Voicenter
// and the faults. One seed decides everything.
//
//   world.cpp     time, processes, and carrying out what a session decides
//   network.cpp   requests to Voicenter and their answers
//   users.cpp     what people, browsers and calls do
//   faults.cpp    what goes wrong
//   feed.cpp      the provider's events about calls
//   checks.cpp    the invariants that hold at any time
//   rest.cpp      chaos, rest, and the invariants that hold at rest
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "actors.hpp"
#include "observer.hpp"
#include "plan.hpp"
#include "timeline.hpp"
#include "voicenter.hpp"
#include "witness.hpp"

namespace cardmute::simulation {

// How late after its due time a new list of the feed may come.
constexpr int kFeedLate_ms = 5000;

class World {
 public:
  World(std::uint64_t seed, std::filesystem::path folder, bool trace);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // Alternates chaos and rest (README.md) until at least this many events have run, and ends with a
  // rest. Throws Broken if an invariant does not hold.
  void live(std::int64_t events);
  [[nodiscard]] std::int64_t events() const { return events_; }
  [[nodiscard]] std::string when() const;

 private:
  enum class Weather { fair, changeable, down, lying };

  // world.cpp
  [[nodiscard]] engine::Moment moment() const;
  [[nodiscard]] platform::ProcessIdentity new_identity();
  // Returns the process's serial number. The process may have been killed already.
  int start_process(int browser);
  void start_settler(Time delay, bool may_fail);
  [[nodiscard]] Process* process(int serial);
  void step(int serial, const std::function<void(agent::Session&, engine::Moment)>& event);
  bool carry_out(Process& process);
  void plan_tick(Process& process);
  void end_in_good_order(Process& process);
  void remove(int serial);
  void leave_browser(int serial);
  void kill(int serial, const char* why);
  void pipe_closed(int serial);
  template <typename... Parts>
  void tell(const Parts&... parts) {
    if (trace_) write(std::string().append((std::string(parts) + ...)));
  }
  void write(const std::string& line) const;

  // network.cpp
  void post(Process& process, const engine::Send& send);
  void arrive(const std::shared_ptr<Message>& message, Time answer_after, bool lie);
  void end(const std::shared_ptr<Message>& message, const engine::Outcome& outcome);
  void ask(Process& process, const engine::RequestCalls& question);
  void listed(int serial, engine::Attempt attempt, const engine::CallList& list,
              bool held_when_asked);
  [[nodiscard]] engine::CallList list_now();

  // users.cpp
  void start_browser(Browser& browser);
  void end_browser(Browser& browser, bool kindly);
  void start_host(Browser& browser, Time delay, Time declare_after);
  void declare(Browser& browser);
  void restart_worker(Browser& browser);
  void flap(Browser& browser, std::int64_t times);
  void open_form(Browser& browser, const std::string& surface);
  void close_form(Browser& browser);
  void close_form(Browser& browser, const std::string& surface);
  void touch_form(Browser& browser);
  void press(Browser& browser, engine::OverrideMode mode);
  engine::Ticket ask_host(Browser& browser);
  void user_acts();
  void call_changes();

  // feed.cpp
  void feed_joins(int serial, Time delay);
  void feed_hears_nothing(Process& process);
  [[nodiscard]] bool is_silent(const Process& process) const;
  void feed_renews(int serial, int joins);
  void feed_brings(Process& process, const engine::CallList& list);
  void feed_breaks(int serial);
  void feed_tells();
  [[nodiscard]] engine::CallList event_now();

  // faults.cpp
  void fault();
  void kill_someone();
  void power_cut();
  void change_weather(Weather weather);
  void clock_jumps();
  void store_fault();
  void store_fails_for_one();
  [[nodiscard]] bool is_alone() const;
  void note_store(Process& process);
  void mend_store();

  // checks.cpp
  [[nodiscard]] bool wants_mute(const Browser& browser) const;
  // Whether the browser wants the mute and has told its host.
  [[nodiscard]] bool host_must_mute(const Browser& browser) const;
  [[nodiscard]] bool is_known_to(const Process& process, const Browser& browser) const;
  void check_sending(const Process& process, const engine::Send& send);
  void check_question(Process& process);
  void count_cycle(Browser& browser, bool wanted);
  static void start_cycles_over(Browser& browser);
  void check_delay(const Process& process, const Browser& browser) const;
  void follow_manual_mute(const Process& process);
  void check_process(const Process& process);
  [[nodiscard]] int longest_without_list_ms() const;
  [[nodiscard]] bool a_host_hears() const;
  void check_old_lists(const Call& call) const;
  void check_exposure();
  void check_tickets();
  void count(Process& process);

  // rest.cpp
  void run_until(Time until);
  void chaos();
  void rest();
  void check_rest();
  void check_rest_tables(bool wanted);

  Chance chance_;
  Chance feed_chance_;
  Chance store_chance_;
  Plan plan_;
  std::filesystem::path folder_;
  bool trace_;
  Timeline timeline_;
  Voicenter voicenter_;
  Witness witness_;
  Observer observer_;
  std::int64_t events_ = 0;

  Time machine_started_{};
  int boots_ = 1;
  Time utc_offset_{};
  Weather weather_ = Weather::fair;
  std::int64_t refused_percent_ = 0;  // of connections, while the network is down
  bool at_rest_ = false;
  std::vector<Browser> browsers_;
  std::map<int, std::unique_ptr<Process>> processes_;
  std::map<std::int64_t, std::int64_t> process_table_;  // PID to start time
  int last_serial_ = 0;
  int last_surface_ = 0;
  int settlers_to_come_ = 0;
  bool child_failed_ = false;  // a settler failed to start since the last rest
  engine::Ticket last_ticket_ = 0;
  std::int64_t last_start_ = 0;

  Time wanted_changed_at_{};
  Time weather_since_{};
  int damages_ = 0;                   // how often the store's file was replaced
  std::optional<Time> wanted_since_;  // since when some host has always had to mute
  Time trouble_at_{};                 // the last fault
  std::optional<Time> asked_at_;      // the last request for the active calls in this boot
  Time told_to_wait_until_{};         // from Voicenter's Retry-After
  Time feed_lost_at_{};               // the last time when no host that must mute had a live feed
  Time lost_at_{};                    // the last time a process or a browser was lost
  bool store_was_lost_ = false;       // its content was lost since the last rest
  sqlite3* locker_ = nullptr;         // the connection that locks the store
  bool folder_away_ = false;
};

}  // namespace cardmute::simulation
