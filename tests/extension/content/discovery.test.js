// Tests how often the content script reports a frame for which the browser sends no load event.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from '../support/browser.js';
import { createDiscovery } from '../../../extension/content/discovery.js';

const GROUPS = /** @type {any} */ ({ considerAll: () => false });

test('a frame of about:blank is reported once for each document, and again on a new port', () => {
  openPage('<iframe src="about:blank#pay"></iframe>');
  let reports = 0;
  const discovery = createDiscovery(GROUPS, () => { reports += 1; });
  discovery.discover(document);
  discovery.discover(document);
  assert.equal(reports, 1);
  const frame = document.querySelector('iframe');
  frame.remove();
  document.body.append(frame); // it has a new document now
  discovery.discover(document);
  discovery.discover(document);
  assert.equal(reports, 2);
  discovery.portIsUp();
  discovery.discover(document);
  assert.equal(reports, 3);
});
