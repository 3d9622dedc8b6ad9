// Finds the processes of a test's browser and of its hosts in /proc.
import { readdir, readFile, readlink } from 'node:fs/promises';
import process from 'node:process';
import { HOST } from './browsers.js';
import { until } from './until.js';

/**
 * @typedef {object} Process
 * @property {number} pid
 * @property {boolean} is_host runs cardmute-host, as a host, a settler or a command
 * @property {boolean} settles runs `cardmute-host settle`
 * @property {number} memory_kib
 * @property {string} command
 */

/** @param {string} pid @param {string} file @returns {Promise<string>} empty: the process has ended */
const readOf = (pid, file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');

/**
 * Returns the processes that are alive. Firefox and the hosts are found by the environment that they inherit.
 * Most of Chromium's processes hide their environment, but stay in the process group of the first process.
 * @param {string} config_file which no other browser uses
 * @param {number[]} groups the process IDs of the browsers' first processes
 * @returns {Promise<Process[]>}
 */
export async function processesOf(config_file, groups) {
  const own = `CARDMUTE_CONFIG=${config_file}\0`;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map(async (pid) => {
    const [environment, stat] = await Promise.all([readOf(pid, 'environ'), readOf(pid, 'stat')]);
    // In /proc/PID/stat the name is in parentheses and may contain anything. After it come state, parent and
    // group.
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ended = stat === '' || state === 'Z' || state === 'X';
    if (ended || !(`${environment}\0`.includes(own) || groups.includes(Number(group)))) return null;
    const [program, status, command] = await Promise.all([
      readlink(`/proc/${pid}/exe`).catch(() => ''), readOf(pid, 'status'), readOf(pid, 'cmdline')]);
    const memory_kib = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    // A new build may have replaced the program's file since its start. Or the program is a script, named in
    // its arguments.
    const is_host = program.replace(/ \(deleted\)$/, '') === HOST || command.split('\0').includes(HOST);
    const settles = is_host && command.split('\0').includes('settle');
    return { pid: Number(pid), is_host, settles, memory_kib, command: command.replaceAll('\0', ' ') };
  }));
  return found.filter((it) => it !== null);
}

/**
 * @param {string} what
 * @param {() => Promise<Process[]>} left
 * @param {number} timeout_ms
 */
export async function allGone(what, left, timeout_ms) {
  await until(what, async () => {
    const processes = await left();
    if (processes.length === 0) return true;
    throw new Error(processes.map(({ pid, command }) => `${pid} ${command.slice(0, 120)}`).join('\n'));
  }, timeout_ms);
}

/** @param {number[]} pids @returns {number[]} those that were still alive */
export function killAll(pids) {
  return pids.filter((pid) => {
    try {
      return process.kill(pid, 'SIGKILL');
    } catch {
      return false; // it has ended meanwhile
    }
  });
}
