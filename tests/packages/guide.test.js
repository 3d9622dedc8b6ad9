// Runs every command of the administrator's guide, in the guide's order, on a throw-away machine.
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
/** Where the project is on the machine. */
const PROJECT = '/srv/cardmute';
const CODE = 'SIMULATED-CODE';
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

/** @type {string[]} the folders that the machine had before anything was installed */
let folders;

/** Changes the configuration that the guide has written. @param {(voicenter: any) => void} change */
async function reconfigure(change) {
  const config = JSON.parse(await machine.must(['cat', CONFIG]));
  change(config.voicenter);
  await machine.write(CONFIG, JSON.stringify(config));
}

/**
 * What the guide takes for granted: an agent, a call, and Voicenter, which the simulator replaces. A key is a
 * heading, whose first box needs the preparation, or the beginning of a box's first line.
 * @type {Record<string, () => Promise<void>>}
 */
const PREPARE = {
  'cardmute-host doctor --test-call': async () => {
    simulator.startCall({ extension: 'API1API', answered: true });
    await machine.write('/etc/cardmute/code', CODE);
    await reconfigure((voicenter) => {
      voicenter.mute_url = simulator.muteUrl;
      voicenter.active_calls.url = simulator.activeCallsUrl;
    });
  },
  'Verify': async () => {
    await machine.must(['useradd', '--create-home', 'agent1']);
    // The agent's browsers run as this user, and so do the hosts that they start. Both must be able to read
    // these files.
    for (const file of READ_BY_BROWSERS) await machine.must(['test', '-r', file], { user: 'agent1' });
    await reconfigure((voicenter) => { voicenter.mute_url = simulator.muteUrl; });
  },
  'Update and remove': async () => {
    await machine.must(['sh', '-c', `dpkg-deb -R build/packages/cardmute_*.deb /tmp/old
      sed -i 's/^Version: .*/Version: 0.0.1/' /tmp/old/DEBIAN/control
      dpkg-deb -b /tmp/old cardmute_OLD_amd64.deb`], { folder: PROJECT });
  },
};
const READ_BY_BROWSERS = [CONFIG, '/etc/cardmute/extensions.csv', '/etc/cardmute/proof.json',
  ...['chromium', 'opt/chrome', 'opt/edge'].map((name) => `/etc/${name}/policies/managed/cardmute.json`),
  '/etc/firefox/policies/policies.json'];
/** @param {string} box @returns {boolean} whether the guide tells an agent to run its commands */
const isAgents = (box) => /\$\(hostname\)-|^cardmute-host status/.test(box);

/** Commands that the guide names outside of its boxes, each with the reason why no box has it. */
const ELSEWHERE = {
  'scripts/setup': 'scripts/test runs it',
  'scripts/build': 'scripts/test runs it',
  'scripts/rollout': 'makes a machine of its own, and runs rollout.test.js in it',
  'cardmute-host install': 'tests/host/install_test.cpp runs it',
  'scripts/package --windows': 'tests/windows/msi.test.js makes the package by the same code',
  'cardmute-host install --system': 'this machine has the package; tests/host/install_test.cpp runs it',
  'dnf install ./cardmute-*.rpm': 'Debian has no dnf; rollout.test.js installs the package with rpm',
  'dnf upgrade ./cardmute-*.rpm': 'the same; rollout.test.js upgrades the package with rpm',
  'dnf downgrade ./cardmute-OLD-1.x86_64.rpm': 'the same; rpm treats it as an upgrade',
  'dnf remove cardmute': 'the same; rollout.test.js erases the package with rpm',
  '* * * * * /usr/bin/cardmute-host settle >/dev/null': 'a line for cron; a box has its command',
  'scripts/detect --config FILE PAGE…': 'tests/browser/detect.test.js runs it',
  'journalctl -t cardmute-host': 'needs journald; journal.test.js starts one',
};
/** The commands outside of the boxes. */
const NAMED = [...new Set([...GUIDE.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/`([^`]+)`/g)]
  .map(([, text]) => text)
  .filter((text) => /^(cardmute-host \w|scripts\/|apt-get |dnf |journalctl |systemctl |\* )/.test(text)))];

/**
 * Checks of what must hold after the last box below a heading. @type {Record<string, () => Promise<void>>}
 */
const RESULTS = {
  'Extension and policies': async () => {
    const policies = JSON.parse(await machine.must(['cat', '/etc/chromium/policies/managed/cardmute.json']));
    const [extension] = Object.values(policies.ExtensionSettings);
    assert.equal(extension.update_url, 'file:///usr/share/cardmute/extension/updates.xml');
    const [{ sites }] = Object.values(policies['3rdparty'].extensions);
    assert.deepEqual(sites, ['https://crm.example.com/*']);
    for (const folder of ['/etc/chromium/policies', '/etc/opt/chrome/policies', '/etc/firefox']) {
      assert.equal(await machine.must(['find', folder, '-name', '*.new']), '');
    }
  },
  'Verify': async () => {
    const [report] = (await machine.must(['bash', '-c', 'cat /home/agent1/*.jsonl'])).split('\n');
    const [{ extension, proof }] = JSON.parse(report).persons;
    assert.deepEqual([extension.value, extension.source, proof.proven], ['API1API', 'file', true]);
  },
  'Prove the polarity once': async () => {
    const proof = JSON.parse(await machine.must(['cat', `${PROJECT}/proof.json`]));
    assert.deepEqual([proof.url, proof.state], [simulator.muteUrl, '1']);
    await machine.must(['apt-get', 'purge', '--yes', 'cardmute']);
  },
  'Update and remove': async () => {
    await machine.must(['rm', '-r', '/etc/firefox/policies']); // so that Firefox drops the extension
    await machine.must(['rmdir', '--ignore-fail-on-non-empty', '/etc/firefox']);
    for (const folder of ['/etc', '/usr', '/var/lib']) {
      assert.equal(await machine.must(['find', folder, '-xdev', '-iname', '*cardmute*']), '');
    }
    assert.deepEqual((await machine.folders()).filter((each) => !folders.includes(each)), []);
  },
};

describe('the guide', { skip: process.getuid?.() !== 0 && 'installs packages, so it needs root' }, () => {
  before(async () => {
    [machine, simulator] = await Promise.all([Machine.start(), startSimulator({ code: CODE })]);
    folders = await machine.folders();
    await machine.bring(ROOT, PARTS_TO_PACK, PROJECT);
    await machine.lend(path.join(ROOT, 'node_modules'), `${PROJECT}/node_modules`);
  });
  after(async () => {
    await machine?.close();
    await simulator?.close();
  });

  it('has commands for each step', () => {
    assert.deepEqual([...new Set(BOXES.map(({ heading }) => heading))], ['Make the packages',
      'Prove the polarity once', 'Install the host', 'One configuration', 'Extension and policies', 'Verify',
      'Operate', 'Update and remove']);
  });

  it('names no command that no box has, without a reason', () => {
    const unrun = NAMED.map((command) => command.replace(/ DIR$/, ''))
      .filter((command) => !BOXES.some(({ text }) => text.includes(command)));
    assert.deepEqual(unrun.sort(), Object.keys(ELSEWHERE).sort());
  });

  BOXES.forEach(({ heading, text }, index) => {
    const [first] = text.split('\n');
    it(`${heading}: ${first}`, async () => {
      if (BOXES[index - 1]?.heading !== heading) await PREPARE[heading]?.();
      for (const start of Object.keys(PREPARE)) if (text.startsWith(start)) await PREPARE[start]();
      const user = isAgents(text) ? 'agent1' : undefined;
      const folder = user ? `/home/${user}` : PROJECT;
      await machine.must(['env', 'SOURCE_DATE_EPOCH=1790000000', 'bash', '-euo', 'pipefail', '-c',
        `umask 077\n${text}`], // the umask that root has on a hardened machine
        { user, folder });
      if (BOXES[index + 1]?.heading !== heading) await RESULTS[heading]?.();
    });
  });
});
