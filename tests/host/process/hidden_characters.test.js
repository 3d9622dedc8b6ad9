// Tests invisible characters, which are often copied together with a value. The host rejects them, and names
// the character and its position.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startSimulator } from '../../simulator/simulator.js';
import { command } from './commands.js';
import { configOf, hostFor } from './scene.js';

/** The test's name, the value, the character and its position. @type {[string, string, string, number][]} */
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
  ['a null notehead', 'API1\u{1d159}API', 'U+1D159', 5],
  ['a Khitan filler', 'API1API\u{16fe4}', 'U+16FE4', 8],
  ['a Hangul choseong filler', '\u115fAPI1API', 'U+115F', 1],
  ['a blank Braille pattern', 'API1\u2800API', 'U+2800', 5],
  ['a blank hieroglyph', 'API1\u{13441}API', 'U+13441', 5],
  ['a private character', 'API1\ue000API', 'U+E000', 5],
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

test('letters of other alphabets are accepted, and doctor warns that they may be look-alikes', async (t) => {
  const { host, ...places } = await hostFor(t, { config: { voicenter: { extension: 'API1 Ünal 東' } } });
  assert.equal((await host.hello()).ok, true);
  const { out } = await command(places, 'doctor');
  assert.match(out, /WARNING.*voicenter\.extension.*not ASCII, as character 6/);
  assert.match(out, /type it again/);
});

test('doctor warns of a look-alike in the code without repeating it', async (t) => {
  const active_calls = { url: 'https://voicenter.invalid/calls', code: 'secret-с0de' };
  const config = { voicenter: { extension: 'API1API', active_calls } };
  const { host, ...places } = await hostFor(t, { config });
  assert.equal((await host.hello()).ok, true);
  const { out } = await command(places, 'doctor');
  assert.match(out, /WARNING.*active_calls\.code.*not ASCII, as character 8/);
  assert.ok(!out.includes('secret-'));
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
