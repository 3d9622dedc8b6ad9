// Runs the tools that make packages, always with the same time zone, language and time, so that their output
// is the same.
import { execFile } from 'node:child_process';
import { utimes, lutimes, readdir, lstat, chmod } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MAX_OUTPUT_bytes = 16 * 1024 * 1024;
const FOLDER_MODE = 0o755;
const PROGRAM_MODE = 0o755;
const FILE_MODE = 0o644;

/**
 * @param {string} program @param {string[]} args
 * @param {{cwd?: string, epoch_s?: number}} [options] `epoch_s`: the time that the packages carry
 * @returns {Promise<string>} standard output
 */
export async function tool(program, args, { cwd, epoch_s } = {}) {
  const env = { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8',
    ...(epoch_s !== undefined && { SOURCE_DATE_EPOCH: String(epoch_s) }) };
  try {
    return (await run(program, args, { cwd, env, maxBuffer: MAX_OUTPUT_bytes })).stdout;
  } catch (error) {
    const { stdout = '', stderr = '', message } = /** @type {any} */ (error);
    throw new Error(`${program}: ${stderr || stdout || message}`);
  }
}

/**
 * Sets the times of `folder` and of all below it, and the modes that a package needs, whatever the umask is.
 * @param {string} folder @param {number} epoch_s
 * @returns {Promise<string[]>} the files, sorted, relative to `folder`
 */
export async function settleTree(folder, epoch_s) {
  const entries = (await readdir(folder, { recursive: true })).map(String).sort();
  const files = [];
  for (const entry of [...entries, '.']) {
    const full = path.join(folder, entry);
    const found = await lstat(full);
    if (found.isSymbolicLink()) {
      await lutimes(full, epoch_s, epoch_s);
      continue;
    }
    const plain = found.mode & 0o100 ? PROGRAM_MODE : FILE_MODE;
    await chmod(full, found.isDirectory() ? FOLDER_MODE : plain);
    await utimes(full, epoch_s, epoch_s);
    if (found.isFile()) files.push(entry);
  }
  return files;
}
