// No name that the build makes its own is in a message between the extension's parts: each of them is built
// by itself, and would look for another name than was sent.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import ts from 'typescript';
import { PRIVATE } from '../../scripts/private-names.mjs';

const ROOT = new URL('../../extension/', import.meta.url);
const sources = readdirSync(ROOT, { recursive: true }).map(String).filter((name) => name.endsWith('.js'));

/** The names in every object that has a `type` in so many letters, as all messages have. */
function messageNames(source) {
  const names = new Set();
  const nameOf = (part) => part.name?.getText() ?? '';
  const visit = (node) => {
    if (ts.isObjectLiteralExpression(node)) {
      const isMessage = node.properties.some((part) => nameOf(part) === 'type'
        && ts.isPropertyAssignment(part) && ts.isStringLiteralLike(part.initializer));
      if (isMessage) node.properties.forEach((part) => names.add(nameOf(part)));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.js', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS));
  return names;
}

test('messages have names that the build leaves alone', () => {
  const texts = sources.map((name) => readFileSync(new URL(name, ROOT), 'utf8'));
  const all = new Set(texts.flatMap((text) => [...messageNames(text)]));
  assert.ok(all.has('surface') && all.has('again'), 'the messages are found');
  assert.deepEqual(PRIVATE.filter((name) => all.has(name)), []);
});
