// The processes of one test's browser and of its hosts, as /proc tells them. The kill tests use it.
import { readdir, readFile, readlink } from 'node:fs/promises';
import process from 'node:process';
import { HOST } from './browsers.js';
import { until } from './until.js';

/**
 * @typedef {object} Process
 * @property {number} pid
 * @property {boolean} is_host the program, whatever for
 * @property {boolean} settles as a settler
 * @property {number} memory_kib
 * @property {string} command
 */

/** @param {string} pid @param {string} file @returns {Promise<string>} empty: it has ended */
const readOf = (pid, file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');

/**
 * All of them that are alive. Firefox and the hosts inherit the environment; most of Chromium's processes
 * hide it, but stay in the group of the first.
 * @param {string} config_file no other browser has the same
 * @param {number[]} groups the process IDs of the browsers' first processes
 * @returns {Promise<Process[]>}
 */
export async function processesOf(config_file, groups) {
  const own = `CARDMUTE_CONFIG=${config_file}\0`;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map(async (pid) => {
    const [environment, stat] = await Promise.all([readOf(pid, 'environ'), readOf(pid, 'stat')]);
    // After the name, which may hold anything: state, parent, group.
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ended = stat === '' || state === 'Z' || state === 'X';
    if (ended || !(`${environment}\0`.includes(own) || groups.includes(Number(group)))) return null;
    const [program, status, command] = await Promise.all([
      readlink(`/proc/${pid}/exe`).catch(() => ''), readOf(pid, 'status'), readOf(pid, 'cmdline')]);
    const memory_kib = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    // The host may have been built anew meanwhile, or be a script.
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

/** @param {number[]} pids @returns {number[]} those that were still there */
export function killAll(pids) {
  return pids.filter((pid) => {
    try {
      return process.kill(pid, 'SIGKILL');
    } catch {
      return false; // it has ended by itself meanwhile
    }
  });
}
