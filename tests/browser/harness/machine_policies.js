// Gives one browser of a test the policies of a machine's administrator. Browsers read such policies only
// from folders below /etc. So the browser is started in a mount namespace whose /etc contains them. The
// machine is not changed, and no other browser sees them.
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The browsers' policy files, below /etc. */
const MANAGED = {
  chromium: 'chromium/policies/managed/test.json', firefox: 'firefox/policies/policies.json',
};

/**
 * @param {'chromium' | 'firefox'} name
 * @param {string} folder of the test
 * @param {string} executable the browser
 * @param {object} policies in the form of the browser's documentation
 * @returns {Promise<string>} the program to start instead of the browser
 */
export async function underPolicies(name, folder, executable, policies) {
  const home = path.join(folder, 'machine');
  await mkdir(path.join(home, 'etc'), { recursive: true });
  await setPolicies(name, folder, policies);
  const [vendor] = MANAGED[name].split('/');
  const inside = path.join(home, 'inside.sh');
  // In a user namespace of its own, a process is root and may mount there. The new /etc has a link to each
  // entry of the old /etc. Only the browser vendor's folder is a link to a folder of the test, so that a test
  // can change the policies.
  await writeFile(inside, `set -e
    mount --rbind /etc '${home}/etc'
    mount -t tmpfs tmpfs /etc
    for entry in '${home}'/etc/* '${home}'/etc/.[!.]*; do
      [ ! -e "$entry" ] || ln -s "$entry" /etc/
    done
    rm -f '/etc/${vendor}'
    ln -s '${home}/${vendor}' '/etc/${vendor}'
    exec '${executable}' "$@"\n`);
  const outside = path.join(home, 'browser.sh');
  await writeFile(outside, `#!/bin/sh\nexec unshare --map-root-user --mount /bin/sh '${inside}' "$@"\n`);
  await chmod(outside, 0o755);
  return outside;
}

/**
 * Changes the policies for the browser's next start; Chromium also reads them while it runs.
 * @param {'chromium' | 'firefox'} name @param {string} folder @param {object} policies
 */
export async function setPolicies(name, folder, policies) {
  const file = path.join(folder, 'machine', MANAGED[name]);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(name === 'firefox' ? { policies } : policies));
}
