// Reads the store's file for the invariants, without using the store's code.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "engine/moment.hpp"
#include "engine/outcome.hpp"
#include "engine/status.hpp"

namespace cardmute::simulation {

class Observer {
 public:
  explicit Observer(std::filesystem::path file) : file_(std::move(file)) {}
  ~Observer() { close(); }
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;

  // Whether the file has a request of this process that began at this moment.
  bool knows(engine::Command command, const engine::Target& target, std::int64_t pid,
             engine::Steady begun);
  // The number of rows of a table for which `condition` is true; by default all rows.
  std::int64_t rows(const std::string& table, const std::string& condition = "1");
  void close();

 private:
  sqlite3_stmt* prepared(const std::string& sql);

  std::filesystem::path file_;
  sqlite3* database_ = nullptr;
  std::map<std::string, sqlite3_stmt*> statements_;
};

}  // namespace cardmute::simulation
