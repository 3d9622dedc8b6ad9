// Runs every command of the administrator's guide, in its order, on a throw-away machine.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startSimulator } from '../simulator/simulator.js';
import { Machine } from './harness/machine.js';
import { PARTS_TO_PACK } from './harness/packages.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const GUIDE = await readFile(path.join(ROOT, 'manifests/README.md'), 'utf8');
const CONFIG = '/etc/cardmute/config.json';

/** The boxes with commands, each with the heading above it. */
const BOXES = [...GUIDE.matchAll(/^## (.*)$|^```sh\n([\s\S]*?)^```$/gm)]
  .reduce((/** @type {{heading: string, text: string}[]} */ found, [, heading, text]) => {
    const above = heading ?? found.at(-1)?.heading ?? '';
    return [...found, { heading: above, text: text ?? '' }];
  }, []).filter(({ text }) => text !== '');

/** @type {Machine} */
let machine;
/** @type {import('../simulator/simulator.js').Simulator} */
let simulator;

/** What the guide leaves to the company: an agent, and Voicenter, which is played here. */
const PREPARE = {
  'Verify': async () => {
    await machine.must(['useradd', '--create-home', 'agent1']);
    const config = JSON.parse(await machine.must(['cat', CONFIG]));
    config.voicenter.mute_url = simulator.muteUrl;
    await machine.write(CONFIG, JSON.stringify(config));
  },
};
/** Boxes that the guide has an agent run. */
const AGENTS = ['Verify'];

/** What must be so after the last box below the heading. @type {Record<string, () => Promise<void>>} */
const RESULTS = {
  'Extension and policies': async () => {
    const policies = JSON.parse(await machine.must(['cat', '/etc/chromium/policies/managed/cardmute.json']));
    const [extension] = Object.values(policies.ExtensionSettings);
    assert.equal(extension.update_url, 'file:///usr/share/cardmute/extension/updates.xml');
    const [{ sites }] = Object.values(policies['3rdparty'].extensions);
    assert.deepEqual(sites, ['https://crm.example.com/*']);
  },
  'Verify': async () => {
    const [report] = (await machine.must(['bash', '-c', 'cat /home/agent1/*.jsonl'])).split('\n');
    const [{ extension }] = JSON.parse(report).persons;
    assert.deepEqual([extension.value, extension.source], ['API1API', 'file']);
  },
  'Update and remove': async () => {
    for (const folder of ['/etc', '/usr', '/var/lib']) {
      assert.equal(await machine.must(['find', folder, '-xdev', '-iname', '*cardmute*']), '');
    }
  },
};

describe('the guide', { skip: process.getuid?.() !== 0 && 'installs packages, so it needs root' }, () => {
  before(async () => {
    [machine, simulator] = await Promise.all([Machine.start(), startSimulator()]);
    await machine.bring(ROOT, PARTS_TO_PACK, '/srv/cardmute');
    await machine.lend(path.join(ROOT, 'node_modules'), '/srv/cardmute/node_modules');
  });
  after(async () => {
    await machine?.close();
    await simulator?.close();
  });

  it('has commands for each step', () => {
    assert.deepEqual([...new Set(BOXES.map(({ heading }) => heading))], ['Make the packages',
      'Install the host', 'One configuration', 'Extension and policies', 'Verify', 'Update and remove']);
  });

  BOXES.forEach(({ heading, text }, index) => {
    const [first] = text.split('\n');
    it(`${heading}: ${first}`, async () => {
      await PREPARE[heading]?.();
      const user = AGENTS.includes(heading) ? 'agent1' : undefined;
      const folder = user ? `/home/${user}` : '/srv/cardmute';
      await machine.must(['env', 'SOURCE_DATE_EPOCH=1790000000', 'bash', '-euo', 'pipefail', '-c', text],
        { user, folder });
      if (BOXES[index + 1]?.heading !== heading) await RESULTS[heading]?.();
    });
  });
});
