// The app's words, from the same files as the app: tests find things by role and name, in any language.

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const locales = resolve(import.meta.dirname, '../../locales');

function read(tag) {
  const texts = new Map();
  for (const file of readdirSync(join(locales, tag)).filter((name) => name.endsWith('.ftl'))) {
    for (const line of readFileSync(join(locales, tag, file), 'utf8').split('\n')) {
      const [, id, text] = line.match(/^([a-z][a-z0-9-]*) = (.*)$/) ?? [];
      if (id) texts.set(id, text);
    }
  }
  return texts;
}

const all = new Map(['kk', 'ru', 'en'].map((tag) => [tag, read(tag)]));

/** The text of an id; arguments may stand in place of `{ $name }`. */
export function text(tag, id, args = {}) {
  const found = all.get(tag)?.get(id);
  if (found === undefined) throw new Error(`no text ${id} in ${tag}`);
  return found.replace(/\{ ?\$([a-z_-]+) ?\}/g, (_, name) => args[name] ?? `{ $${name} }`);
}
