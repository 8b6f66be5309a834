// Two builds, one app: the site of `cargo xtask build app` (`TANBA_SITE`) and the one made of what the Dioxus command line
// bundles (`TANBA_BUNDLE`), each behind an edge, on one backend. Run by `cargo xtask phone web`, which makes the second.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { folder, launch, phone } from './browser.mjs';
import { film } from './film.mjs';
import { startServers } from './servers.mjs';
import { text } from './texts.mjs';

const root = resolve(import.meta.dirname, '../..');
const pictures = join(root, '.run/phone');
const bundle = process.env.TANBA_BUNDLE ?? join(root, 'target/web/phone');

/** Every screen that can be opened by its address, the camera's among them, and one that is not there. */
const screens = ['/', '/scan', '/type', '/history', '/reports', '/report', '/settings', '/about', '/nowhere'];

let servers;
let sites;
let browser;
let films;
let camera;

before(async () => {
  servers = await startServers();
  sites = [
    { name: 'own', origin: servers.edge },
    { name: 'dx', origin: await servers.serve(bundle, 'dx') },
  ];
  browser = await launch();
  films = folder();
  const { image } = servers.demo.find(({ verdict }) => verdict === 'genuine');
  const svg = readFileSync(join(servers.folder, 'demo', image)).toString('base64');
  const out = join(films.path, 'label.mjpeg');
  await film(browser, `data:image/svg+xml;base64,${svg}`, out);
  camera = await launch(out);
  mkdirSync(pictures, { recursive: true });
});

after(async () => {
  await camera?.close();
  await browser?.close();
  films?.remove();
  await servers?.stop();
});

const heading = (page, name) => page.getByRole('heading', { level: 1, name });

/** Does the same with both sites; what each gave must be equal. Nothing may go wrong in either page. */
async function both(use, options, act) {
  const given = [];
  for (const { name, origin } of sites) {
    const context = await phone(use, options);
    const page = await context.newPage();
    const problems = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    // What the page's policy forbids and what is not there is told on the console; so is a network that the test cut.
    page.on('console', (message) => {
      const lost = message.text().includes('ERR_INTERNET_DISCONNECTED');
      if (message.type() === 'error' && !lost) problems.push(message.text());
    });
    given.push(await act({ name, origin, context, page }));
    assert.deepEqual(problems, [], `${name} has problems`);
    await context.close();
  }
  assert.deepEqual(given[1], given[0]);
  return given[0];
}

/** What a person sees and what a screen reader says, without what depends on the moment. */
async function shown(page) {
  const moment = /\b\d{1,2}:\d{2}(:\d{2})?\b|(?<=\/result\/|\?about=|data-dioxus-id=")\d+/g;
  const still = (value) => value.replace(moment, '#');
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  // A screen is drawn in steps; two looks in a row that are equal are the end of it.
  for (let before, tries = 0; ; tries++) {
    const now = {
      path: still(new URL(page.url()).pathname),
      title: await page.title(),
      language: await page.locator('html').getAttribute('lang'),
      said: still(await page.locator('body').ariaSnapshot()),
      drawn: still(await page.locator('#main').innerHTML()),
    };
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    assert.ok(tries < 100, `${now.path} does not come to rest`);
    before = now;
    await page.waitForTimeout(150);
  }
}

/** A fingerprint is the one thing that may differ, and that of the program only. */
const masked = (path) => path.replace(/^(\/app\/app-)[0-9a-f]{16}\./, '$1#.');

describe('the same screens', () => {
  for (const tag of ['kk', 'ru', 'en']) {
    test(`every one of them, in ${tag}`, async () => {
      const seen = await both(browser, { language: tag }, async ({ name, origin, page }) => {
        const all = [];
        for (const path of screens) {
          await page.goto(origin + path);
          const seen = await shown(page);
          const picture = `${name}-${tag}${path.replaceAll('/', '-')}.png`;
          const pixels = await page.screenshot({ path: join(pictures, picture) });
          all.push({ ...seen, pixels: createHash('sha256').update(pixels).digest('hex') });
        }
        return all;
      });
      assert.deepEqual(seen.map(({ path }) => path), screens);
      assert.ok(seen[0].said.includes(text(tag, 'home-title')), 'the home screen is in the language of the phone');
    });

    test(`the card of each demo code, in ${tag}`, async () => {
      await both(browser, { language: tag }, async ({ origin, page }) => {
        const all = [];
        for (const { code } of servers.demo) {
          await page.goto(`${origin}/check?code=${encodeURIComponent(code)}`);
          await page.waitForURL(/\/result\//);
          all.push(await shown(page));
        }
        return all;
      });
    });
  }

  test('another language, dark', async () => {
    await both(browser, { language: 'en', dark: true }, async ({ origin, page }) => {
      await page.goto(`${origin}/settings`);
      await heading(page, text('en', 'settings-title')).waitFor();
      await page.getByRole('radio', { name: 'Қазақша' }).check({ force: true });
      await heading(page, text('kk', 'settings-title')).waitFor();
      return shown(page);
    });
  });
});

describe('the same around them', () => {
  test('page, manifest, worker and program come from the same places, with the same headers', async () => {
    const told = await both(browser, {}, async ({ origin, page }) => {
      const asked = [];
      page.on('request', (request) => asked.push(masked(new URL(request.url()).pathname)));
      await page.goto(origin);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      const manifest = await page.evaluate(async () => {
        const link = document.querySelector('link[rel=manifest]');
        return (await fetch(link.href)).json();
      });
      const list = await (await fetch(`${origin}/precache.json`)).json();
      const answers = [];
      for (const url of ['/sw.js', ...list.files.map((file) => file.url), ...manifest.icons.map(({ src }) => src)]) {
        const { status, headers } = await fetch(origin + url);
        const kept = ['content-type', 'cache-control', 'content-security-policy'].map((name) => headers.get(name));
        answers.push([masked(url), status, ...kept]);
      }
      return { asked: [...new Set(asked)].sort(), manifest, answers: answers.sort() };
    });
    assert.ok(told.asked.includes('/app/app-#.wasm'), `asked for ${told.asked.join(' ')}`);
    for (const [url, status] of told.answers) assert.equal(status, 200, url);
  });

  test('the service worker keeps every file, and the app starts without a network', async () => {
    const kept = await both(browser, { language: 'en' }, async ({ name, origin, context, page }) => {
      await page.goto(origin);
      await heading(page, text('en', 'home-title')).waitFor();
      await page.evaluate(() => navigator.serviceWorker.ready);
      const list = await (await fetch(`${origin}/precache.json`)).json();
      assert.ok(list.files.length > 8);
      const held = () =>
        page.evaluate(async () => {
          const cache = await caches.open('tanba-files');
          return (await cache.keys()).map(({ url }) => new URL(url).pathname + new URL(url).search);
        });
      while ((await held()).length < list.files.length) await page.waitForTimeout(100);
      assert.deepEqual((await held()).sort(), list.files.map(({ url, hash }) => `${url}?hash=${hash}`).sort());
      await context.setOffline(true);
      await page.reload();
      await page.getByText(text('en', 'app-offline')).waitFor();
      const offline = await shown(page);
      await page.screenshot({ path: join(pictures, `${name}-offline.png`) });
      return { files: list.files.map(({ url }) => masked(url)).sort(), offline };
    });
    assert.ok(kept.files.includes('/scan/scan_bg.wasm'));
  });

  test('the scanner is the same worker, and reads the same label', async () => {
    const read = await both(camera, { language: 'ru' }, async ({ name, origin, page }) => {
      const workers = [];
      page.on('worker', (worker) => workers.push(new URL(worker.url()).pathname));
      await page.goto(`${origin}/scan`);
      await heading(page, text('ru', 'verdict-genuine')).waitFor();
      const result = await shown(page);
      await page.screenshot({ path: join(pictures, `${name}-scanned.png`) });
      return { workers, result };
    });
    assert.deepEqual(read.workers, ['/scan/worker.js']);
  });
});
