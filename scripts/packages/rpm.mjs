// The package for Fedora and similar systems, made by rpmbuild from the same files as the package for Debian.
import { cp, mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DESCRIPTION } from './description.mjs';
import { settleTree, tool } from './run.mjs';

const RELEASE = 1;

/**
 * Folders that every system has. All other folders belong to the package too: rpm deletes an empty folder
 * together with the last package that owns it.
 */
const OF_THE_SYSTEM =
  /^(etc|etc\/opt|usr|usr\/(bin|lib|lib64|share)|usr\/share\/(doc|man|man\/man\d))$/;

/** @param {string} tree @param {string[]} files */
async function fileList(tree, files) {
  const own = (await readdir(tree, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.relative(tree, path.join(entry.parentPath, entry.name)))
    .filter((folder) => !OF_THE_SYSTEM.test(folder));
  return [...own.map((folder) => `%dir "/${folder}"`), ...files.map((file) =>
    `${file.startsWith('etc/') ? '%config(noreplace) ' : ''}"/${file}"`)].join('\n');
}

/**
 * @param {string} from the folder with the files, as layOut() makes it
 * @param {import('./make.mjs').LinuxOptions} options
 * @returns {Promise<string>} the package's file
 */
export async function makeRpm(from, { root, work, out, version, epoch_s, maintainer }) {
  const top = path.join(work, 'rpm');
  const tree = path.join(top, 'files');
  await mkdir(top, { recursive: true });
  await cp(from, tree, { recursive: true });
  await mkdir(`${tree}/usr/share/zsh/site-functions`);
  await rename(`${tree}/usr/share/zsh/vendor-completions/_cardmute-host`,
    `${tree}/usr/share/zsh/site-functions/_cardmute-host`);
  await mkdir(`${tree}/usr/share/licenses/cardmute`, { recursive: true });
  await cp(path.join(root, 'LICENSE'), `${tree}/usr/share/licenses/cardmute/LICENSE`);
  const files = await settleTree(tree, epoch_s);
  const script = async (/** @type {string} */ name) =>
    `${await readFile(path.join(root, 'manifests/linux', name), 'utf8')}`;
  const spec = path.join(top, 'cardmute.spec');
  await writeFile(spec, `Name: ${DESCRIPTION.name}
Version: ${version}
Release: ${RELEASE}
Summary: ${DESCRIPTION.summary[0].toUpperCase()}${DESCRIPTION.summary.slice(1)}
License: ${DESCRIPTION.licence}
Packager: ${maintainer}
Requires: ca-certificates
# The files are finished: nothing is stripped, compressed or compiled again.
%global __os_install_post %{nil}
%global debug_package %{nil}
%global source_date_epoch_from_changelog 0
%global use_source_date_epoch_as_buildtime 1
%global clamp_mtime_to_source_date_epoch 1
%global _build_id_links none
%global _buildhost localhost

%description
${DESCRIPTION.text.join('\n')}

%install
cp -a '${tree}/.' %{buildroot}/

%files
${await fileList(tree, files)}

%post
if [ "$1" -eq 1 ]; then
${await script('installed.sh')}fi

%preun
if [ "$1" -eq 0 ]; then
${await script('removed.sh')}fi
`);
  await tool('rpmbuild', ['-bb', '--define', `_topdir ${top}`, '--define', `_rpmdir ${top}/out`,
    '--define', '_rpmfilename package.rpm', '--define', '_binary_payload w6.xzdio', spec], { epoch_s });
  const architecture = (await tool('rpm', ['-qp', '--qf', '%{ARCH}', `${top}/out/package.rpm`])).trim();
  const file = path.join(out, `${DESCRIPTION.name}-${version}-${RELEASE}.${architecture}.rpm`);
  await cp(`${top}/out/package.rpm`, file);
  return file;
}
