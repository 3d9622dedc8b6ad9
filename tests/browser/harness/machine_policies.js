// Policies of the machine's administrator for one browser of one test. The browsers read them from folders
// below /etc only; the browser is started in a mount namespace of its own, whose /etc has them. Nothing of
// the machine changes, and no other browser sees them.
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where the browsers look, in the namespace. */
const MANAGED = {
  chromium: 'chromium/policies/managed/test.json', firefox: 'firefox/policies/policies.json',
};

/**
 * @param {'chromium' | 'firefox'} name
 * @param {string} folder of the test
 * @param {string} executable the browser
 * @param {object} policies as the browser's documentation has them
 * @returns {Promise<string>} what to start in the browser's place
 */
export async function underPolicies(name, folder, executable, policies) {
  const home = path.join(folder, 'machine');
  await mkdir(path.join(home, 'etc'), { recursive: true });
  await setPolicies(name, folder, policies);
  const [vendor] = MANAGED[name].split('/');
  const inside = path.join(home, 'inside.sh');
  // A person who is not root is root in a user namespace of their own, which is all that mounting asks for.
  // Every entry of /etc stays reachable; the vendor's folder is a link to the test's, which may change.
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
 * Other policies, for the next start; Chromium also reads them while it runs.
 * @param {'chromium' | 'firefox'} name @param {string} folder @param {object} policies
 */
export async function setPolicies(name, folder, policies) {
  const file = path.join(folder, 'machine', MANAGED[name]);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(name === 'firefox' ? { policies } : policies));
}
