// Uses msibuild to correct the tables of an MSI package that wixl cannot make or makes wrongly, and checks
// the result.
import assert from 'node:assert/strict';
import { tool } from './run.mjs';

/**
 * The permissions of the configuration's folder, in SDDL. The folder belongs to the administrators. They and
 * the system may do everything, users may read, and no permission is inherited.
 */
const DATA_PERMISSIONS = 'O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)';

/**
 * The order of the actions. wixl's own order depends on the actions' names. RemoveExistingProducts comes
 * before anything is written: later it would remove files that the old and the new version share. It comes
 * after InstallInitialize, so that a failed upgrade restores the old version. Each other action comes after
 * the actions that it needs.
 */
const SEQUENCE = {
  KeepForceExtension: 101,
  KeepUpdateUrl: 102,
  KeepAllowedCallers: 103,
  RemoveExistingProducts: 1510,
  RemoveSettle: 1550,
  TakeFiles: 4010,
  AddSettle: 4030,
};
/** Actions that wixl leaves out because it does not know their tables. The numbers are Windows' own. */
const MORE_ACTIONS = { RemoveEnvironmentStrings: 3300, WriteEnvironmentStrings: 5200 };
/** Properties that are passed on when an installation asks for an administrator's rights. */
const SECURE = ['CONFIG', 'EXTENSIONS_CSV', 'ALLOWED_CALLERS', 'FORCE_EXTENSION', 'UPDATE_URL',
  'SAVED_ALLOWED_CALLERS', 'SAVED_FORCE_EXTENSION', 'SAVED_UPDATE_URL', 'WIX_DOWNGRADE_DETECTED',
  'WIX_UPGRADE_DETECTED'].join(';');

const COMPONENT_64_BITS = 256;

/** An INSERT of SQL. @param {string} table @param {Record<string, string | number>} row */
const insert = (table, row) => `INSERT INTO \`${table}\` ` +
  `(${Object.keys(row).map((name) => `\`${name}\``)}) ` +
  `VALUES (${Object.values(row).map((value) => typeof value === 'number' ? value : `'${value}'`)})`;

/** @param {string} table @param {[string, string | number]} change @param {[string, string]} where */
const update = (table, [name, value], [key, is]) =>
  `UPDATE \`${table}\` SET \`${name}\` = ${typeof value === 'number' ? value : `'${value}'`} ` +
  `WHERE \`${key}\` = '${is}'`;

const QUERIES = [
  ...Object.entries(SEQUENCE).map(([action, number]) =>
    update('InstallExecuteSequence', ['Sequence', number], ['Action', action])),
  ...Object.entries(MORE_ACTIONS).map(([action, number]) =>
    insert('InstallExecuteSequence', { Action: action, Sequence: number })),
  update('Component', ['Condition', 'FORCE_EXTENSION="1" AND UPDATE_URL'], ['Component', 'ForceExtension']),
  // "#%" marks a text with references to variables. wixl leaves the mark out.
  update('Registry', ['Value', '#%%SystemRoot%\\System32\\EventCreate.exe'], ['Name', 'EventMessageFile']),
  'CREATE TABLE `Environment` (`Environment` CHAR(72) NOT NULL, `Name` CHAR(255) NOT NULL LOCALIZABLE, ' +
    '`Value` CHAR(255) LOCALIZABLE, `Component_` CHAR(72) NOT NULL PRIMARY KEY `Environment`)',
  // "=-*": set by the installation, deleted by the removal, for the whole machine.
  insert('Environment',
    { Environment: 'Path', Name: '=-*PATH', Value: '[~];[PROGRAM]', Component_: 'Program' }),
  'CREATE TABLE `MsiLockPermissionsEx` (`MsiLockPermissionsEx` CHAR(72) NOT NULL, ' +
    '`LockObject` CHAR(72) NOT NULL, `Table` CHAR(32) NOT NULL, `SDDLText` CHAR(255) NOT NULL, ' +
    '`Condition` CHAR(255) PRIMARY KEY `MsiLockPermissionsEx`)',
  insert('MsiLockPermissionsEx', { MsiLockPermissionsEx: 'DataFolder', LockObject: 'DATA',
    Table: 'CreateFolder', SDDLText: DATA_PERMISSIONS }),
];

/** @param {string} msi @param {string} table @returns {Promise<string[][]>} its rows */
export async function rowsOf(msi, table) {
  const [, , , ...lines] = (await tool('msiinfo', ['export', msi, table])).split(/\r?\n/);
  return lines.filter(Boolean).map((line) => line.split('\t'));
}

/** @param {string} msi */
export async function finishTables(msi) {
  const secured = (await rowsOf(msi, 'Property')).some(([name]) => name === 'SecureCustomProperties');
  const secure = secured ? update('Property', ['Value', SECURE], ['Property', 'SecureCustomProperties']) :
    insert('Property', { Property: 'SecureCustomProperties', Value: SECURE });
  for (const query of [...QUERIES, secure]) await tool('msibuild', [msi, '-q', query]);
  await checkTables(msi);
}

/** Some actions, in the order that they must have. */
const ACTIONS = ['AppSearch', 'KeepForceExtension', 'KeepUpdateUrl', 'KeepAllowedCallers', 'CostFinalize',
  'InstallValidate', 'InstallInitialize', 'RemoveExistingProducts', 'RemoveSettle', 'CreateFolders',
  'InstallFiles', 'TakeFiles', 'AddSettle', 'WriteRegistryValues', 'InstallFinalize'];

/** @param {string} msi */
async function checkTables(msi) {
  const rows = await rowsOf(msi, 'InstallExecuteSequence');
  const sequence = new Map(rows.map(([action, , number]) => [action, Number(number)]));
  const numbers = ACTIONS.map((action) => sequence.get(action) ?? NaN);
  const sorted = [...numbers].sort((a, b) => a - b);
  assert.deepEqual(numbers, sorted, `the order of ${ACTIONS} is ${numbers}`);
  assert.equal(new Set(sequence.values()).size, sequence.size, 'two actions have one number');
  for (const [component, , , attributes] of await rowsOf(msi, 'Component')) {
    assert.ok(Number(attributes) & COMPONENT_64_BITS, `the component ${component} is not of 64 bits`);
  }
  for (const [id, , key, name, value] of await rowsOf(msi, 'Registry')) {
    assert.ok(value, `${id} has no value`);
    // Chrome and Edge ignore a list's values whose names are no numbers.
    if (key.endsWith('Forcelist')) assert.match(name, /^\d+$/, `the name of ${id}`);
  }
}

const FILETIME_TYPE = Buffer.from([0x40, 0, 0, 0]);
const FILETIME_bytes = 8;
const SUMMARY_bytes = 2048;
const UNIX_EPOCH_s = 11_644_473_600n;
const PER_SECOND = 10_000_000n;
const YEAR_2000 = 125_911_584_000_000_000n;
const YEAR_2100 = 157_469_184_000_000_000n;

/**
 * Sets the package's code and time. wixl would make up a code, and take the time of the clock.
 * @param {Buffer} msi @param {{code: string, epoch_s: number}} options
 */
export function settleSummary(msi, { code, epoch_s }) {
  const code_at = /\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}\0/;
  const made_up = code_at.exec(msi.toString('latin1'))?.[0];
  assert.ok(made_up, 'the summary has no code');
  const at = msi.indexOf(made_up, 0, 'latin1');
  msi.write(`{${code}}`, at, 'latin1');
  const time = (BigInt(epoch_s) + UNIX_EPOCH_s) * PER_SECOND;
  let changed = 0;
  for (let from = Math.max(0, at - SUMMARY_bytes); ; from += FILETIME_TYPE.length) {
    from = msi.indexOf(FILETIME_TYPE, from);
    if (from < 0 || from > at + SUMMARY_bytes) break;
    const value = from + FILETIME_TYPE.length;
    if (value + FILETIME_bytes > msi.length) break;
    const found = msi.readBigUInt64LE(value);
    if (found < YEAR_2000 || found > YEAR_2100) continue;
    msi.writeBigUInt64LE(time, value);
    changed += 1;
  }
  assert.equal(changed, 2, 'the summary has two times');
}
