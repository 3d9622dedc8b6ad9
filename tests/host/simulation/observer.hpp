// Looks into the store's file as one who has no part in it. For tests/host/simulation only.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "engine/moment.hpp"
#include "engine/outcome.hpp"
#include "protocol/status.hpp"

namespace cardmute::simulation {

class Observer {
 public:
  explicit Observer(std::filesystem::path file) : file_(std::move(file)) {}
  ~Observer() { close(); }
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;

  // A request of this process stands in the file, begun at this moment.
  bool knows(engine::Command command, const protocol::Target& target, std::int64_t pid,
             engine::Steady begun);
  // How many rows a table has, or those of them for which `condition` holds.
  std::int64_t rows(const std::string& table, const std::string& condition = "1");
  void close();

 private:
  sqlite3_stmt* prepared(const std::string& sql);

  std::filesystem::path file_;
  sqlite3* database_ = nullptr;
  std::map<std::string, sqlite3_stmt*> statements_;
};

}  // namespace cardmute::simulation
