// What stands beside a payment form reads nothing of what is typed in it: a check of the source.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CONTENTS, EVENT_CONTENTS, readsOf } from '../content/typed-text-check.js';

const ROOM = fileURLToPath(new URL('../../../extension/beside/', import.meta.url));

test('extension/beside reads the contents of nothing, and of an event no more than that it happened', () => {
  const found = readdirSync(ROOM).filter((file) => file.endsWith('.js'))
    .flatMap((file) => readsOf(readFileSync(ROOM + file, 'utf8'), [...CONTENTS, ...EVENT_CONTENTS])
      .map(({ name, line }) => `${file}:${line} reads ${name}`));
  assert.deepEqual(found, []);
});
