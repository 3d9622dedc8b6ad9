// Writes the bills of materials (SPDX 2.3, JSON) of what is shipped: build/sbom/cardmute-host.spdx.json and
// build/sbom/cardmute-extension.spdx.json. They come from the build itself: the libraries that the host
// links, the packages whose headers it compiled in, and the npm packages in the extension's bundles.
//   node scripts/sbom.mjs --windows   build/sbom-windows/cardmute-host-windows.spdx.json, of build/windows
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const HOST = path.join(ROOT, 'build/host/cardmute-host');
const MAX_OUTPUT_bytes = 256 * 1024 * 1024;

/** The licences (SPDX) of Debian's source packages. A package that is missing here stops the build. */
const LICENCES = {
  glibc: 'LGPL-2.1-or-later', 'gcc-12': 'GPL-3.0-or-later WITH GCC-exception-3.1',
  linux: 'GPL-2.0-only WITH Linux-syscall-note', libxcrypt: 'LGPL-2.1-or-later',
  curl: 'curl', sqlite3: 'blessing', 'nlohmann-json3': 'MIT', cli11: 'BSD-3-Clause', spdlog: 'MIT',
  fmtlib: 'MIT', nghttp2: 'MIT', openssl: 'Apache-2.0', zlib: 'Zlib', brotli: 'MIT',
  'gcc-mingw-w64': 'GPL-3.0-or-later WITH GCC-exception-3.1', 'mingw-w64': 'ZPL-2.1',
  'libz-mingw-w64': 'Zlib',
};

/**
 * What scripts/windows-libraries builds from Debian's sources: the source package, the header that says the
 * version, and an installed package of the same source, which says Debian's version.
 * @type {Record<string, {source: keyof typeof LICENCES, header: string, macro: string, sibling: string}>}
 */
const BUILT_FROM_SOURCE = {
  'libcurl.a': { source: 'curl', header: 'curl/curlver.h', macro: 'LIBCURL_VERSION',
    sibling: 'libcurl4-openssl-dev' },
  'libnghttp2.a': { source: 'nghttp2', header: 'nghttp2/nghttp2ver.h', macro: 'NGHTTP2_VERSION',
    sibling: 'libnghttp2-14' },
  'libsqlite3.a': { source: 'sqlite3', header: 'sqlite3.h', macro: 'SQLITE_VERSION',
    sibling: 'libsqlite3-dev' },
};

/** @param {string} file @param {string[]} args */
async function output(file, args) {
  return (await run(file, args, { cwd: ROOT, maxBuffer: MAX_OUTPUT_bytes })).stdout;
}

/** The files outside the project that are in the host: the headers compiled in, and the libraries linked. */
async function hostFiles() {
  const headers = (await output('ninja', ['-C', 'build', '-t', 'deps']))
    .split('\n').filter((line) => line.startsWith('    /')).map((line) => line.trim());
  const libraries = [...(await output('ldd', [HOST])).matchAll(/=> (\/\S+)/g)].map(([, file]) => file);
  const dynamic = await output('readelf', ['-dW', HOST]);
  const needed = [...dynamic.matchAll(/NEEDED.*\[(.*)\]/g)].map(([, library]) => library);
  const linked = libraries.filter((file) => needed.includes(path.basename(file)));
  const files = new Set([...headers, ...linked].filter((file) => !file.startsWith(ROOT)));
  const real = await Promise.all([...files].filter((file) => existsSync(file)).map((file) => realpath(file)));
  // On systems where /lib is a link to /usr/lib, dpkg knows some files only by the short path.
  return real.flatMap((file) => (/^\/usr\/lib\//.test(file) ? [file, file.slice('/usr'.length)] : [file]));
}

/** @param {string[]} files @returns {Promise<Material[]>} the Debian packages that they belong to */
async function debianPackages(files) {
  // dpkg-query exits with 1 if a file is in no package, but still names the packages of the others.
  const found = await output('dpkg-query', ['-S', ...new Set(files)]).catch(({ stdout }) => stdout);
  const owners = found.split('\n')
    .filter(Boolean).map((line) => line.slice(0, line.indexOf(': ')).split(', ')[0]);
  const format = '${Package}\\t${Version}\\t${source:Package}\\n';
  const known = await output('dpkg-query', ['-W', '-f', format, ...new Set(owners)]);
  return known.trim().split('\n').map((line) => {
    const [name, version, source] = line.split('\t');
    const licence = LICENCES[/** @type {keyof typeof LICENCES} */ (source)];
    if (!licence) throw new Error(`sbom: ${name} (source package ${source}) is part of the host. ` +
      'Add its licence to LICENCES in scripts/sbom.mjs.');
    const purl = `pkg:deb/debian/${name}@${encodeURIComponent(version)}`;
    return { name, version, licence, source, purl };
  });
}

/** @param {string} archive one of BUILT_FROM_SOURCE @returns {Promise<Material>} */
async function builtFromSource(archive) {
  const { source, header, macro, sibling } = BUILT_FROM_SOURCE[path.basename(archive)];
  const text = await readFile(path.join(path.dirname(archive), '../include', header), 'utf8');
  const upstream = new RegExp(`#define ${macro}\\s+"([^"]+)"`).exec(text)?.[1];
  const version = await output('dpkg-query', ['-W', '-f', '${Version}', sibling]);
  if (upstream === undefined || !version.startsWith(`${upstream}-`)) {
    throw new Error(`sbom: ${archive} is version ${upstream}, and Debian's ${sibling} ${version}. ` +
      'Update the system, and build again with scripts/build-windows.');
  }
  return { name: source, version, licence: LICENCES[source],
    purl: `pkg:deb/debian/${source}@${encodeURIComponent(version)}?arch=source` };
}

/** @returns {Promise<Material[]>} what is in the host for Windows; all of it is linked statically */
async function windowsMaterials() {
  const objects = (await output('ninja', ['-C', 'build/windows', '-t', 'deps'])).split('\n\n')
    .filter((each) => each.trim().startsWith('host/'));
  const headers = objects.flatMap((each) => each.split('\n').slice(1)).map((line) => line.trim());
  const command = await output('ninja',
    ['-C', 'build/windows', '-t', 'commands', 'host/cardmute-host.exe']);
  const linked = command.trim().split('\n').at(-1)?.split(' ') ?? [];
  const archives = linked.filter((word) => word.startsWith('/') && word.endsWith('.a'));
  const built = archives.filter((file) => path.basename(file) in BUILT_FROM_SOURCE);
  const include = path.join(path.dirname(built[0] ?? ''), '../include/');
  // The compiler adds these by itself.
  const runtime = await Promise.all(['libstdc++.a', 'libgcc.a', 'libwinpthread.a', 'crt2.o'].map((file) =>
    output('x86_64-w64-mingw32-g++-posix', [`-print-file-name=${file}`])));
  const files = [...headers, ...archives.filter((file) => !built.includes(file)), ...runtime]
    // scripts/windows-libraries has copied these headers from this machine's packages.
    .map((file) => file.trim().replace(include, '/usr/include/'))
    .filter((file) => file.startsWith('/') && existsSync(file));
  const real = await Promise.all([...new Set(files)].map((file) => realpath(file)));
  const sources = Object.values(BUILT_FROM_SOURCE).map(({ source }) => source);
  const packages = (await debianPackages(real)).filter(({ source }) => !sources.includes(source));
  return [...packages, ...await Promise.all(built.map(builtFromSource))];
}

/** @returns {Promise<Material[]>} the npm packages that are in the extension's bundles */
async function npmPackages() {
  const sources = await readdir(path.join(ROOT, 'extension'), { recursive: true });
  const { metafile } = await build({
    absWorkingDir: ROOT, bundle: true, write: false, outdir: 'build/sbom', metafile: true, logLevel: 'error',
    entryPoints: sources.filter((file) => /(^|\/)(main|popup)\.js$/.test(file))
      .map((file) => `extension/${file}`),
  });
  const names = new Set(Object.keys(metafile.inputs)
    .map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]).filter(Boolean));
  return Promise.all([...names].map(async (name) => {
    const { version, license } = JSON.parse(await readFile(path.join(ROOT, 'node_modules', `${name}`,
      'package.json'), 'utf8'));
    return { name: `${name}`, version, licence: license, purl: `pkg:npm/${name}@${version}` };
  }));
}

/**
 * @typedef {{name: string, version: string, licence: string, purl: string, source?: string}} Material
 *   `source`: Debian's source package
 */

/** @param {string} name @param {string} version @param {Material[]} materials */
function bill(name, version, materials) {
  const sorted = materials.toSorted((a, b) => (a.purl < b.purl ? -1 : 1));
  const idOf = (/** @type {string} */ of) => `SPDXRef-${of.replace(/[^A-Za-z0-9.-]/g, '-')}`;
  const digest = createHash('sha256').update(JSON.stringify([version, sorted])).digest('hex');
  // The date that the builder sets, or 1970, so that the same build gives the same bill.
  const made_at = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? 0) * 1000);
  return {
    spdxVersion: 'SPDX-2.3', dataLicense: 'CC0-1.0', SPDXID: 'SPDXRef-DOCUMENT', name,
    documentNamespace: `https://cardmute.invalid/spdx/${name}-${version}-${digest}`,
    creationInfo: {
      created: made_at.toISOString().replace(/\.\d+/, ''), creators: ['Tool: scripts/sbom.mjs'],
    },
    packages: [
      { name, SPDXID: idOf(name), versionInfo: version, downloadLocation: 'NOASSERTION', filesAnalyzed: false,
        licenseConcluded: 'MIT', licenseDeclared: 'MIT', copyrightText: 'NOASSERTION' },
      ...sorted.map((material) => ({
        name: material.name, SPDXID: idOf(material.purl), versionInfo: material.version,
        downloadLocation: 'NOASSERTION', filesAnalyzed: false, licenseConcluded: material.licence,
        licenseDeclared: material.licence, copyrightText: 'NOASSERTION',
        externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl',
          referenceLocator: material.purl }],
      })),
    ],
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: idOf(name) },
      ...sorted.map(({ purl }) => ({
        spdxElementId: idOf(name), relationshipType: 'CONTAINS', relatedSpdxElement: idOf(purl),
      })),
    ],
  };
}

const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
const for_windows = process.argv.includes('--windows');
// Windows has a folder of its own, because scripts/build records the sums of all files in build/sbom.
const folder = path.join(ROOT, for_windows ? 'build/sbom-windows' : 'build/sbom');
await mkdir(folder, { recursive: true });
/** @type {[string, Material[]][]} */
const bills = for_windows ? [['cardmute-host-windows', await windowsMaterials()]] : [
  ['cardmute-host', await debianPackages(await hostFiles())],
  ['cardmute-extension', await npmPackages()],
];
for (const [name, materials] of bills) {
  await writeFile(path.join(folder, `${name}.spdx.json`),
    `${JSON.stringify(bill(name, version, materials), null, 2)}\n`);
  console.log(`${name}: ${materials.map((each) => `${each.name} ${each.version}`).join(', ') || 'nothing'}`);
}
