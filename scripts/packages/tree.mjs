// The files of the Linux packages, laid out below a folder as they will be below "/".
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { bashCompletion, zshCompletion } from './completion.mjs';
import { PROGRAM, SHARE } from './description.mjs';
import { updatesXml } from './extension.mjs';
import { readHelp } from './help.mjs';
import { configurationPage, hostPage } from './manual.mjs';
import { tool } from './run.mjs';

const PROGRAM_MODE = 0o755;
const MAX_COMPRESSION = 9;

/**
 * @typedef {object} Contents
 * @property {string} root the project's folder
 * @property {string} host the built program
 * @property {string} packages the folder with the extension's packages
 * @property {import('./extension.mjs').Extension} extension as packExtensions() gives it
 * @property {string} version @property {number} epoch_s
 */

/** @param {string} file @param {string | Buffer} text */
async function put(file, text) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** @param {string} from @param {string} file */
async function copy(from, file) {
  await mkdir(path.dirname(file), { recursive: true });
  await copyFile(from, file);
}

/** @param {string} tree @param {Contents} contents */
async function addExtension(tree, { packages, extension: { id, chromium, names } }) {
  const folder = `${SHARE}/extension`;
  await copy(path.join(packages, names.crx), `${tree}${folder}/cardmute.crx`);
  await copy(path.join(packages, names.xpi), `${tree}${folder}/cardmute.xpi`);
  await put(`${tree}${folder}/updates.xml`, updatesXml(id, `file://${folder}/cardmute.crx`, chromium));
  await put(`${tree}${SHARE}/callers.json`,
    `${JSON.stringify({ allowed_callers: [`chrome-extension://${id}/`] }, null, 2)}\n`);
}

/**
 * Lets the program write the manifests that browsers read, and the policies that an administrator may set.
 * @param {string} tree @param {string} id
 */
async function addRegistration(tree, id) {
  const host = `${tree}${PROGRAM}`;
  await tool(host, ['install', '--system', '--all', '--root', tree, '--path', PROGRAM]);
  for (const browser of ['chrome', 'chromium', 'edge', 'firefox']) {
    const file = browser === 'firefox' ? 'cardmute.xpi' : 'updates.xml';
    const url = `file://${SHARE}/extension/${file}`;
    const args = ['policy', '--browser', browser, '--update-url', url];
    const own = browser === 'firefox' ? ['--unsigned'] : ['--extension', id];
    await put(`${tree}${SHARE}/policies/${browser}.json`, await tool(host, [...args, ...own]));
  }
}

/** @param {string} tree @param {Contents} contents */
async function addPapers(tree, { root, version, epoch_s }) {
  const help = await readHelp(`${tree}${PROGRAM}`);
  const guide = await readFile(path.join(root, 'manifests/README.md'), 'utf8');
  const config = path.join(root, 'manifests/config');
  const schema = JSON.parse(await readFile(path.join(config, 'config.schema.json'), 'utf8'));
  const zipped = (/** @type {string} */ text) => gzipSync(text, { level: MAX_COMPRESSION });
  const share = `${tree}/usr/share`;
  await put(`${share}/man/man1/cardmute-host.1.gz`, zipped(hostPage(help, { guide, version, epoch_s })));
  await put(`${share}/man/man5/cardmute.json.5.gz`, zipped(configurationPage(schema, { version, epoch_s })));
  await put(`${share}/bash-completion/completions/cardmute-host`, bashCompletion(help));
  await put(`${share}/zsh/vendor-completions/_cardmute-host`, zshCompletion(help));
  for (const file of ['config/config.schema.json', 'doctor.schema.json', 'report.schema.json']) {
    await copy(path.join(root, 'manifests', file), `${tree}${SHARE}/${path.basename(file)}`);
  }
  await copy(path.join(config, 'config.example.jsonc'), `${share}/doc/cardmute/examples/config.jsonc`);
}

/** @param {string} tree an empty folder @param {Contents} contents */
export async function layOut(tree, contents) {
  const linux = path.join(contents.root, 'manifests/linux');
  await copy(contents.host, `${tree}${PROGRAM}`);
  await chmod(`${tree}${PROGRAM}`, PROGRAM_MODE);
  await mkdir(`${tree}/etc/cardmute`, { recursive: true });
  await addExtension(tree, contents);
  await addRegistration(tree, contents.extension.id);
  await addPapers(tree, contents);
  for (const unit of ['user/cardmute-settle.service', 'user/cardmute-settle.timer',
    'user-preset/90-cardmute.preset']) {
    await copy(path.join(linux, path.basename(unit)), `${tree}/usr/lib/systemd/${unit}`);
  }
}
