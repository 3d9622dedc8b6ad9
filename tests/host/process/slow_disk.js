// Simulates a disk that stops answering, such as that of a network share that is gone.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { libraryOf } from './preloaded.js';
import { untilFile } from './state_files.js';

/**
 * While the file $SLOW_FLAG exists, calls about files with $SLOW_PART in their path wait, and create
 * $SLOW_FLAG.met. Queries of the user database do the same; their path counts as "user database".
 */
const library = libraryOf(`
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
static void meet(const char* path) {
  const char* flag = getenv("SLOW_FLAG");
  const char* part = getenv("SLOW_PART");
  if (!path || !flag || !part || !strstr(path, part)) return;
  if (syscall(SYS_faccessat, AT_FDCWD, flag, F_OK)) return;
  char met[4096];
  snprintf(met, sizeof met, "%s.met", flag);
  int fd = syscall(SYS_openat, AT_FDCWD, met, O_CREAT | O_WRONLY, 0600);
  if (fd >= 0) write(fd, path, strlen(path)), close(fd);
  while (syscall(SYS_faccessat, AT_FDCWD, flag, F_OK) == 0) usleep(10000);
}
#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))
#define STAT(name, kind) int name(const char* path, struct kind* out) { \\
  meet(path); return NEXT(int (*)(const char*, struct kind*), #name)(path, out); }
STAT(stat, stat) STAT(stat64, stat64) STAT(lstat, stat) STAT(lstat64, stat64)
#define STATAT(name, kind) int name(int at, const char* path, struct kind* out, int flags) { \\
  meet(path); return NEXT(int (*)(int, const char*, struct kind*, int), #name)(at, path, out, flags); }
STATAT(fstatat, stat) STATAT(fstatat64, stat64)
int statx(int at, const char* path, int flags, unsigned mask, struct statx* out) {
  meet(path);
  return NEXT(int (*)(int, const char*, int, unsigned, struct statx*), "statx")(at, path, flags, mask, out);
}
#define MODE int mode = 0; if (flags & O_CREAT) { va_list list; va_start(list, flags); \\
  mode = va_arg(list, int); va_end(list); }
#define OPEN(name) int name(const char* path, int flags, ...) { MODE \\
  meet(path); return NEXT(int (*)(const char*, int, int), #name)(path, flags, mode); }
OPEN(open) OPEN(open64)
#define OPENAT(name) int name(int at, const char* path, int flags, ...) { MODE \\
  meet(path); return NEXT(int (*)(int, const char*, int, int), #name)(at, path, flags, mode); }
OPENAT(openat) OPENAT(openat64)
#define FOPEN(name) FILE* name(const char* path, const char* mode) { \\
  meet(path); return NEXT(FILE* (*)(const char*, const char*), #name)(path, mode); }
FOPEN(fopen) FOPEN(fopen64)
int getpwuid_r(uid_t user, struct passwd* entry, char* memory, size_t size, struct passwd** found) {
  meet("user database");
  return NEXT(int (*)(uid_t, struct passwd*, char*, size_t, struct passwd**), "getpwuid_r")(
      user, entry, memory, size, found);
}
int access(const char* path, int mode) {
  meet(path); return NEXT(int (*)(const char*, int), "access")(path, mode);
}
`);

/**
 * @returns functions for the disk of a host with `env`: `freeze` stops it, `thaw` lets it go on, and
 *   `untilMet` waits until a call is waiting.
 * @param {import('node:test').TestContext} t
 * @param {string} folder for the flag
 * @param {string} part of the paths on that disk
 */
export function slowDisk(t, folder, part) {
  const flag = join(folder, 'frozen');
  const freeze = () => writeFileSync(flag, '');
  const thaw = () => rmSync(flag, { force: true });
  const untilMet = () => untilFile(`${flag}.met`, (text) => text !== '');
  t.after(thaw);
  return { env: { LD_PRELOAD: library, SLOW_FLAG: flag, SLOW_PART: part }, freeze, thaw, untilMet };
}
