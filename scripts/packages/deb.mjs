// The package for Debian, by dpkg-deb.
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DESCRIPTION, PROGRAM } from './description.mjs';
import { settleTree, tool } from './run.mjs';

const SCRIPT_MODE = 0o755;

/** @param {string} work @param {string} tree @returns {Promise<string>} the packages it needs */
async function dependencies(work, tree) {
  const folder = path.join(work, 'shlibdeps');
  await mkdir(path.join(folder, 'debian'), { recursive: true });
  await writeFile(path.join(folder, 'debian/control'),
    'Source: cardmute\n\nPackage: cardmute\nArchitecture: any\n');
  const found = await tool('dpkg-shlibdeps', ['-O', `${tree}${PROGRAM}`], { cwd: folder });
  return found.replace(/^shlibs:Depends=/m, '').trim();
}

/** @param {string} body of a maintainer script @param {string} when its condition */
const script = (body, when) => `#!/bin/sh\nset -e\nif ${when}; then\n${body}fi\n`;

/** @param {string} folder DEBIAN @param {string} linux the folder with the scripts' bodies */
async function writeScripts(folder, linux) {
  const read = (/** @type {string} */ name) => readFile(path.join(linux, name), 'utf8');
  const scripts = {
    postinst: script(await read('installed.sh'), '[ "$1" = configure ] && [ -z "$2" ]'),
    // Only a purge disables the timer, so that the timer is as before if the package is removed and installed
    // again.
    postrm: script(`${await read('removed.sh')}${await read('purged.sh')}`, '[ "$1" = purge ]'),
  };
  for (const [name, text] of Object.entries(scripts)) {
    await writeFile(path.join(folder, name), text);
    await chmod(path.join(folder, name), SCRIPT_MODE);
  }
}

/** @param {string} tree @param {import('./make.mjs').LinuxOptions} from */
async function addDebianPapers(tree, { root, version, epoch_s, maintainer }) {
  const folder = `${tree}/usr/share/doc/${DESCRIPTION.name}`;
  const licence = (await readFile(path.join(root, 'LICENSE'), 'utf8')).trim();
  const [, copyright] = /^Copyright \(c\) (.*)$/m.exec(licence) ?? [];
  const text = licence.slice(licence.indexOf('Permission')).split('\n')
    .map((line) => ` ${line || '.'}`).join('\n');
  await writeFile(`${folder}/copyright`,
    `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: CardMute

Files: *
Copyright: ${copyright}
License: Expat
${text}
`);
  const date = new Date(epoch_s * 1000).toUTCString().replace('GMT', '+0000');
  await writeFile(`${folder}/changelog.gz`, gzipSync(
    `${DESCRIPTION.name} (${version}) stable; urgency=medium\n\n  * Version ${version}.\n\n` +
    ` -- ${maintainer}  ${date}\n`, { level: 9 }));
  await mkdir(`${tree}/usr/share/lintian/overrides`, { recursive: true });
  await cp(path.join(root, 'manifests/linux/lintian-overrides'),
    `${tree}/usr/share/lintian/overrides/${DESCRIPTION.name}`);
}

/**
 * @param {string} from the folder with the files, as layOut() makes it
 * @param {import('./make.mjs').LinuxOptions} options
 * @returns {Promise<string>} the package's file
 */
export async function makeDeb(from, { root, work, out, version, epoch_s, maintainer }) {
  const tree = path.join(work, 'deb');
  await cp(from, tree, { recursive: true });
  await rm(`${tree}/usr/lib64`, { recursive: true, force: true }); // Debian's Firefox looks below /usr/lib
  await addDebianPapers(tree, { root, version, epoch_s, maintainer });
  const folder = path.join(tree, 'DEBIAN');
  const architecture = (await tool('dpkg', ['--print-architecture'])).trim();
  const files = await settleTree(tree, epoch_s);
  const size_KiB = (await tool('du', ['-k', '-s', '--apparent-size', tree])).split('\t')[0];
  const sums = await tool('md5sum', files.filter((file) => !file.startsWith('etc/')), { cwd: tree });
  await mkdir(folder);
  await writeFile(path.join(folder, 'md5sums'), sums);
  await writeFile(path.join(folder, 'conffiles'),
    files.filter((file) => file.startsWith('etc/')).map((file) => `/${file}\n`).join(''));
  await writeFile(path.join(folder, 'control'), `Package: ${DESCRIPTION.name}
Version: ${version}
Architecture: ${architecture}
Maintainer: ${maintainer}
Installed-Size: ${size_KiB}
Depends: ${await dependencies(work, tree)}, ca-certificates
Section: web
Priority: optional
Description: ${DESCRIPTION.summary}
${DESCRIPTION.text.map((line) => ` ${line}\n`).join('')}`);
  await writeScripts(folder, path.join(root, 'manifests/linux'));
  await settleTree(folder, epoch_s);
  const file = path.join(out, `${DESCRIPTION.name}_${version}_${architecture}.deb`);
  // One thread only: with several, the compressed bytes would depend on how the data is divided.
  await tool('dpkg-deb', ['--build', '--root-owner-group', '-Zxz', '--threads-max=1', tree, file],
    { epoch_s });
  return file;
}
