#!/usr/bin/env bash
# A page reads a card field's autocomplete property instead of its attribute.
# Version: Chromium 156 and Firefox ESR 153 as packaged by Debian 12; puppeteer-core 24.43.1
# Guessed: the property is the attribute, perhaps in lower case, and both browsers know the HTML standard's tokens.
# Seen: both browsers return "" for an unknown token; Firefox also returns "" for the standard's cc-csc.
# Needs: Node.js, npm, Debian packages chromium and firefox-esr. Fails if the behaviour changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" puppeteer-core@24.43.1
cat >finding.mjs <<'SCRIPT'
import assert from 'node:assert/strict';
import puppeteer from 'puppeteer-core';

const TOKENS = ['CC-Number', 'cc-csc', 'cc-security'];
async function propertiesIn(name) {
  const browser = await puppeteer.launch({
    browser: name === 'firefox' ? 'firefox' : 'chrome', headless: true,
    executablePath: name === 'firefox' ? '/usr/bin/firefox-esr' : '/usr/bin/chromium',
    ...(name !== 'firefox' && { args: ['--no-sandbox', '--disable-gpu'] }),
  });
  console.log(await browser.version());
  const page = await browser.newPage();
  const properties = await page.evaluate((tokens) => tokens.map((token) => {
    const field = document.createElement('input');
    field.setAttribute('autocomplete', token);
    return field.autocomplete;
  }), TOKENS);
  await browser.close();
  console.log(name, properties);
  return properties;
}
assert.deepEqual(await propertiesIn('chromium'), ['cc-number', 'cc-csc', '']);
assert.deepEqual(await propertiesIn('firefox'), ['cc-number', '', '']);
SCRIPT
node finding.mjs
