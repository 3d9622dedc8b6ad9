// Makes libraries that replace functions of the C library in a host (LD_PRELOAD).
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

// A host with a sanitizer cannot be used, because the sanitizer must be a program's first library.
const sanitized = /\/build\/(address|thread)\//.test(process.env.CARDMUTE_HOST ?? '');
const possible = !sanitized && spawnSync('cc', ['--version']).status === 0;

/** Why a test with a preloaded library is skipped; false: it is not. */
export const SKIP_PRELOADED = possible ? false : 'needs a compiler, and a host without a sanitizer';

/**
 * Compiles a library for LD_PRELOAD, and returns its path. The library is deleted after the tests.
 * @param {string} source in C
 */
export function libraryOf(source) {
  if (!possible) return '';
  const folder = mkdtempSync(join(tmpdir(), 'cardmute-preloaded-'));
  after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'preloaded.so');
  writeFileSync(`${file}.c`, source);
  execFileSync('cc', ['-shared', '-fPIC', '-o', file, `${file}.c`, '-ldl']);
  return file;
}

/** The beginning of a library in C. `is_of_store`: whether a descriptor belongs to a file of the store. */
export const IS_OF_STORE = `
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <unistd.h>
static int is_of_store(int fd) {
  char link[64], name[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, name, sizeof name - 1);
  return size > 0 && (name[size] = 0, strstr(name, "cardmute.db") != NULL);
}
`;
