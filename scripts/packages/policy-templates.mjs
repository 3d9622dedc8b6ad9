// The templates for Group Policy, with the ID of the packaged extension, as a zip file.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { settleTree, tool } from './run.mjs';

/** The ID of the unpacked extension, which the templates in the repository name. */
const UNPACKED_ID = 'gdbpaifghphnalcleahapkpgepppfeai';
const FILES = ['cardmute.admx', 'en-US/cardmute.adml'];

/** @param {string} text @param {string} id of the extension in Chromium */
export const templateOf = (text, id) => text.replaceAll(UNPACKED_ID, id);

/**
 * @param {object} options
 * @param {string} options.root the project's folder @param {string} options.work a folder for copies
 * @param {string} options.out for the zip file @param {string} options.version
 * @param {number} options.epoch_s @param {string} options.id of the extension in Chromium
 */
export async function makePolicyTemplates({ root, work, out, version, epoch_s, id }) {
  const folder = path.join(work, 'policy-templates');
  for (const file of FILES) {
    const text = await readFile(path.join(root, 'manifests/windows/policies', file), 'utf8');
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), templateOf(text, id));
  }
  await settleTree(folder, epoch_s);
  await tool('zip', ['-X', '-9', '-q', path.join(out, `cardmute-${version}-policy-templates.zip`), ...FILES],
    { cwd: folder, epoch_s });
}
