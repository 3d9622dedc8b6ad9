// The schemas of what commands print for programs.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import Ajv2020 from 'ajv/dist/2020.js';

const schema = async (/** @type {string} */ name) =>
  JSON.parse(await readFile(new URL(`../../../manifests/${name}`, import.meta.url), 'utf8'));

const ajv = new (/** @type {any} */ (Ajv2020).default ?? Ajv2020)({ strict: false });
ajv.addSchema(await schema('doctor.schema.json'));
const fits = {
  doctor: ajv.getSchema('doctor.schema.json'),
  report: ajv.compile(await schema('report.schema.json')),
};

/** @param {'doctor' | 'report'} kind @param {unknown} document */
export function assertShape(kind, document) {
  assert.ok(fits[kind](document), JSON.stringify([fits[kind].errors, document]));
}
