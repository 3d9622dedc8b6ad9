// Tests that manual pages and completion contain everything that the program's help and the schema say.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bashCompletion, zshCompletion } from '../../scripts/packages/completion.mjs';
import { readHelp } from '../../scripts/packages/help.mjs';
import { configurationPage, exitCodesOf, hostPage, keysOf } from '../../scripts/packages/manual.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HOST = path.join(ROOT, 'build/host/cardmute-host');
const GUIDE = readFileSync(path.join(ROOT, 'manifests/README.md'), 'utf8');
const SCHEMA = JSON.parse(readFileSync(path.join(ROOT, 'manifests/config/config.schema.json'), 'utf8'));
/** A zsh that hangs is ended after this time. */
const ZSH_ms = 60_000;
const FROM = { guide: GUIDE, version: '1.0.0', epoch_s: 0 };

/** @type {Awaited<ReturnType<typeof readHelp>>} */
let help;
before(async () => { help = await readHelp(HOST); });

/** @param {string} page @returns {string} the page as a person reads it */
function shown(page) {
  const { stdout, stderr } = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-rLL=400n', '-P-cbou'],
    { input: page, encoding: 'utf8' });
  assert.equal(stderr, '');
  return stdout;
}

describe('cardmute-host(1)', () => {
  it('has every command and option of the program', () => {
    const text = shown(hostPage(help, FROM));
    assert.ok(help.commands.length >= 11);
    for (const { name, options } of help.commands) {
      assert.match(text, new RegExp(`^   ${name}\\b`, 'm'));
      const own = execFileSync(HOST, ['help', name], { encoding: 'utf8' });
      const flags = [...own.matchAll(/^ {2}(-\S+)/gm)].flatMap(([, found]) => found.split(','));
      assert.deepEqual(options.flatMap((option) => option.flags), flags, name);
      for (const flag of flags) assert.ok(text.includes(flag), `${name} ${flag}`);
    }
  });

  it('has every file that belongs to the machine or to a person', () => {
    const [, files = ''] = /^FILES\n([^]*?)^\S/m.exec(shown(hostPage(help, FROM))) ?? [];
    for (const name of ['/etc/cardmute/config.json', '~/.config/cardmute/config.json',
      '~/.config/cardmute/extension.json', '~/.local/state/cardmute']) {
      assert.match(files, new RegExp(`^ +${name.replaceAll('.', '\\.')}$`, 'm'));
    }
  });

  it('has every exit code of the guide, with what to do', () => {
    const text = shown(hostPage(help, FROM));
    const codes = exitCodesOf(GUIDE);
    assert.ok(codes.length >= 15);
    for (const { name, number } of codes) assert.ok(text.includes(`${number} (${name})`), name);
  });
});

describe('cardmute.json(5)', () => {
  it('has every key of the schema with its default', () => {
    const text = shown(configurationPage(SCHEMA, FROM));
    const keys = keysOf(SCHEMA);
    const policy = Object.keys(SCHEMA.properties.policy.properties).map((name) => `policy.${name}`);
    for (const key of policy) assert.ok(keys.some((each) => each.key === key), key);
    for (const { key, schema } of keys) {
      assert.match(text, new RegExp(`^ +${key.replaceAll(/[.[\]]/g, '\\$&')}( |$)`, 'm'), key);
      if (schema.default !== undefined) {
        assert.ok(text.replaceAll('−', '-').includes(`default ${JSON.stringify(schema.default)}.`), key);
      }
    }
  });
});

describe('completion', () => {
  /** @param {string[]} words of the command line; the last one is not complete @returns {string[]} */
  function completed(words) {
    const script = `${bashCompletion(help)}
      COMP_WORDS=(cardmute-host ${words.map((word) => `'${word}'`).join(' ')})
      COMP_CWORD=${words.length}
      _cardmute_host
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
  }

  it('in bash offers the commands, then the options of the command', () => {
    for (const { name, options } of help.commands) {
      assert.ok(completed(['']).includes(name), name);
      const offered = completed([name, '--']);
      for (const { flags } of options) assert.ok(offered.includes(flags.at(-1) ?? ''), `${name} ${flags}`);
    }
    assert.deepEqual(completed(['led']), ['ledger']);
    assert.ok(completed(['help', '']).includes('doctor'));
    assert.ok(completed(['--json', 'ledger', '--s']).includes('--since'));
  });

  it('in bash offers the values of an option, not flags', () => {
    const browsers = ['chrome', 'chromium', 'edge', 'firefox'];
    assert.deepEqual(completed(['policy', '--browser', '']), browsers);
    assert.deepEqual(completed(['policy', '--browser', '=']), browsers);
    assert.deepEqual(completed(['policy', '--browser', '=', 'chrom']), ['chrome', 'chromium']);
    assert.deepEqual(completed(['policy', '--os', 'w']), ['windows']);
    assert.deepEqual(completed(['report', '--merge', '/us']), ['/usr']);
    assert.deepEqual(completed(['ledger', '--since', '']), ['']);
  });

  describe('in zsh', () => {
    /** @type {string} */
    let folder;
    before(() => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'cardmute-zsh-'));
      writeFileSync(path.join(folder, '_cardmute-host'), zshCompletion(help));
    });
    after(() => rmSync(folder, { recursive: true }));
    const script = fileURLToPath(new URL('harness/zsh-completions.zsh', import.meta.url));
    /** @param {string} line @returns {string[]} what an interactive zsh offers */
    const offered = (line) => execFileSync('zsh', ['-f', script, folder, `cardmute-host ${line}`],
      { encoding: 'utf8', timeout: ZSH_ms }).split('\n').filter(Boolean);

    it('offers the commands, then the options of the command', () => {
      assert.deepEqual(offered('').sort(), help.commands.map(({ name }) => name).sort());
      assert.deepEqual(offered('led'), ['ledger']);
      assert.deepEqual(offered('help doc'), ['doctor']);
      for (const { name, options } of help.commands) {
        const flags = options.flatMap((option) => option.flags.filter((flag) => flag.startsWith('--')));
        assert.deepEqual(offered(`${name} --`).sort(), [...flags, '--json'].sort());
      }
    });

    it('offers the values of an option', () => {
      assert.deepEqual(offered('policy --browser '), ['chrome', 'chromium', 'edge', 'firefox']);
      assert.deepEqual(offered('--json policy --os w'), ['windows']);
      assert.ok(offered('report --merge /us').includes('usr'));
      assert.deepEqual(offered('ledger --since '), []);
    });
  });
});
