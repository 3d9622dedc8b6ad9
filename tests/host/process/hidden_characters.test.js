// Invisible characters are often copied with a value. They are rejected at once, and named with their
// position.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startSimulator } from '../../simulator/simulator.js';
import { command } from './commands.js';
import { configOf, hostFor } from './scene.js';

/** What it is, the value, the character's name, its position. @type {[string, string, string, number][]} */
const HIDDEN = [
  ['a left-to-right mark at the end', 'API1API\u200e', 'U+200E', 8],
  ['a right-to-left mark at the start', '\u200fAPI1API', 'U+200F', 1],
  ['an Arabic letter mark', 'API\u061c1API', 'U+061C', 4],
  ['an embedding', '\u202aAPI1API\u202c', 'U+202A', 1],
  ['an isolate', 'API1API\u2069', 'U+2069', 8],
  ['a zero width space', 'API1\u200bAPI', 'U+200B', 5],
  ['a word joiner', 'API1\u2060API', 'U+2060', 5],
  ['a soft hyphen', 'API1\u00adAPI', 'U+00AD', 5],
  ['a no-break space', 'API1API\u00a0', 'U+00A0', 8],
  ['a narrow no-break space', 'API1\u202fAPI', 'U+202F', 5],
  ['an ideographic space', 'API1API\u3000', 'U+3000', 8],
  ['a byte order mark', '\ufeffAPI1API', 'U+FEFF', 1],
  ['a variation selector', 'API1\ufe0fAPI', 'U+FE0F', 5],
  ['a Hangul filler', 'API1\u3164API', 'U+3164', 5],
  ['a tag', 'API1API\u{e0041}', 'U+E0041', 8],
  ['a line end', 'API1\nAPI', 'U+000A', 5],
];

describe('in the SIP ID', () => {
  for (const [name, extension, character, place] of HIDDEN) {
    test(name, async (t) => {
      const { host, ...places } = await hostFor(t, { config: { voicenter: { extension } } });
      const { error } = await host.hello();
      assert.equal(error?.code, 'config_invalid');
      const words = `voicenter.extension: found an invisible character, ${character}, as character ${place}.`;
      assert.ok(error?.message.includes(words), error?.message);
      assert.ok((await command(places, 'doctor')).out.includes(words));
    });
  }
});

test('letters of other alphabets are accepted', async (t) => {
  const { host } = await hostFor(t, { config: { voicenter: { extension: 'דנה 1 Ünal 東' } } });
  assert.equal((await host.hello()).ok, true);
});

describe('in the file with the code', () => {
  for (const [name, content, words] of /** @type {[string, string, string | null][]} */ ([
    ['a mark', 'secret-code\u200e\n', 'found an invisible character, U+200E, as character 12'],
    ['a byte order mark', '\ufeffsecret-code\r\n', 'found an invisible character, U+FEFF, as character 1'],
    ['a second line', 'secret-code\nanother', 'found an invisible character, U+000A, as character 12'],
    ['nothing', ' \n', 'the file holds no code'],
    ['blanks and a line end around it', ' secret-code \r\n', null],
  ])) {
    test(name, async (t) => {
      const simulator = await startSimulator();
      const started = await hostFor(t, { config: null }, () => simulator.close());
      const { another, directory, configure } = started;
      await started.host.kill();
      const file = join(directory, 'code');
      await writeFile(file, content);
      const active_calls = { url: simulator.activeCallsUrl, code: { file } };
      await configure(configOf(simulator, { active_calls }));
      const host = another();
      const { error } = await host.hello();
      if (words === null) {
        assert.equal(error, undefined);
        return;
      }
      assert.ok(error?.message.includes(words), error?.message);
      assert.ok(error?.message.includes('voicenter.active_calls.code.file'));
      assert.doesNotMatch(JSON.stringify(host.messages), /secret-code/);
      // Once the file is corrected, the host recovers.
      await writeFile(file, 'secret-code\n');
      await host.waitForStatus(({ problem }) => problem === null);
    });
  }
});
