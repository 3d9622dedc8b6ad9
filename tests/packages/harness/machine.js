// A throw-away machine for a test. It has the files of the real machine, or those below CARDMUTE_MACHINE.
// Every change is kept in memory and is gone at the end, as is every process that was started in the
// throw-away machine. Only root can start it, since packages are installed and people log in.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const BASE = process.env.CARDMUTE_MACHINE ?? '/';
/** Folders that somebody may have filled on this machine. They would affect tests, so they are left out. */
const LEFTOVERS = ['etc/cardmute', 'etc/chromium/policies', 'etc/firefox/policies', 'etc/opt/chrome',
  'etc/opt/edge'];
/**
 * Switches off what takes seconds and is not needed here: the index of man pages, and waiting for the disk.
 */
const HURRY = `echo man-db man-db/auto-update boolean false | debconf-set-selections
  echo force-unsafe-io >/etc/dpkg/dpkg.cfg.d/hurry`;

/** @typedef {{code: number | null, out: string, err: string}} Ended */
/** @typedef {{user?: string, input?: string, folder?: string}} How */

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<Ended>} */
function endOf(child) {
  const said = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text) => { said.out += text; });
  child.stderr?.setEncoding('utf8').on('data', (text) => { said.err += text; });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
  });
}

export class Machine {
  /** @returns {Promise<Machine>} */
  static async start() {
    const machine = new Machine();
    machine.folder = await mkdtemp(path.join(os.tmpdir(), 'cardmute-machine-'));
    machine.root = path.join(machine.folder, 'root');
    machine.changes = path.join(machine.folder, 'changes');
    const inside = `set -e
      mount -t tmpfs tmpfs '${machine.folder}'
      cd '${machine.folder}'
      mkdir changes work root
      mount -t overlay overlay -o lowerdir=${BASE},upperdir=changes,workdir=work root
      mount --rbind /dev root/dev
      mount -t proc proc root/proc
      mount -t tmpfs -o mode=1777 tmpfs root/tmp
      mount -t tmpfs tmpfs root/run
      for file in ${LEFTOVERS.join(' ')}; do rm -rf "root/$file"; done
      find root/etc root/usr root/var/lib -xdev -iname '*cardmute*' -prune -exec rm -rf {} +
      echo ready
      exec cat`;
    const outer = spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', '/bin/sh', '-c', inside],
      { stdio: ['pipe', 'pipe', 'pipe'] });
    machine.outer = outer;
    const end = endOf(outer);
    await new Promise((resolve, reject) => {
      outer.stdout.on('data', (text) => { if (/ready/.test(text)) resolve(undefined); });
      end.then(({ err }) => reject(new Error(`no throw-away machine: ${err}`)), reject);
    });
    // The first process inside. When it ends, the kernel ends all others. It ends when its input ends, which
    // also happens if a test is killed.
    machine.first = (await readFile(`/proc/${outer.pid}/task/${outer.pid}/children`, 'utf8')).trim();
    await machine.must(['sh', '-c', HURRY]);
    return machine;
  }

  /** @param {string[]} words @param {How} [how] */
  spawn(words, { user, input, folder = '/' } = {}) {
    const who = user ? ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups'] : [];
    const variables = [`HOME=${user ? `/home/${user}` : '/root'}`, 'LANG=C.UTF-8',
      'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'DEBIAN_FRONTEND=noninteractive'];
    const child = spawn('nsenter', ['--target', this.first, '--mount', '--pid', 'chroot', this.root, ...who,
      'env', '-i', '-C', folder, ...variables, ...words],
    { stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
    child.stdin?.end(input);
    return { child, end: endOf(child) };
  }

  /** @param {string[]} words @param {How} [how] @returns {Promise<Ended>} */
  run(words, how) {
    return this.spawn(words, how).end;
  }

  /**
   * Runs a command that must succeed.
   * @param {string[]} words @param {How} [how] @returns {Promise<string>} its output
   */
  async must(words, how) {
    const { code, out, err } = await this.run(words, how);
    if (code !== 0) throw new Error(`${words.join(' ')}: exit code ${code}\n${out}${err}`);
    return out;
  }

  /** @returns {Promise<string[]>} the folders in which packages and administrators put files */
  async folders() {
    return (await this.must(['find', '/etc', '/opt', '/usr', '/var/lib', '-xdev', '-type', 'd']))
      .trim().split('\n').sort();
  }

  /** @param {string} file @param {string} text @param {string} [user] its owner */
  async write(file, text, user) {
    const script = 'mkdir -p "$(dirname "$1")" && cat >"$1"';
    await this.must(['sh', '-c', script, 'sh', file], { user, input: text });
  }

  /**
   * Copies files of this machine into the throw-away machine, to the same paths. (Each has its own /tmp.)
   * @param {string} from @param {string[]} files relative to `from` @param {string} folder
   */
  async bring(from, files, folder) {
    await this.must(['mkdir', '-p', folder]);
    await this.#outside(['cp', '-r', '--parents', ...files, this.root + folder], from);
  }

  /**
   * Mounts a folder of this machine in the throw-away machine, read-only.
   * @param {string} from @param {string} folder
   */
  async lend(from, folder) {
    await this.must(['mkdir', '-p', folder]);
    await this.#outside(['mount', '--bind', '--options', 'ro', from, this.root + folder], '/');
  }

  /** Runs a command that sees the files of both machines. @param {string[]} words @param {string} cwd */
  async #outside(words, cwd) {
    // Entering the mount namespace changes the working folder, so the folder is set afterwards.
    const child = spawn('nsenter', ['--target', this.first, '--mount', 'env', '-C', cwd, ...words]);
    const { code, err } = await endOf(child);
    if (code !== 0) throw new Error(`${words[0]}: ${err}`);
  }

  async close() {
    this.outer.kill('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }
}
