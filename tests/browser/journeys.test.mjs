// The whole way of a person: camera, verdict, card, report; with a network, without one, in Kazakh. And of a page that must
// be usable by everyone: axe on every screen, light and dark.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { folder, launch, phone } from './browser.mjs';
import { cutLabel, film, pages } from './film.mjs';
import { startServers } from './servers.mjs';
import { text } from './texts.mjs';

// `TANBA_PICTURES=1` renews the README's pictures; otherwise they are only taken, to be looked at.
const root = resolve(import.meta.dirname, '../..');
const pictures = join(root, process.env.TANBA_PICTURES ? 'docs/pictures' : '.run/tests/pictures');
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let servers;
let films;
let browser;

/** One label of a fresh order, printed, cut out and filmed: the code and the film. */
async function printedLabel(path) {
  const producer = servers.accounts.producer;
  const call = async (method, route, body, key) => {
    const answer = await fetch(servers.backend + route, {
      method,
      headers: {
        authorization: `Bearer ${producer}`,
        ...(body && { 'content-type': 'application/json', 'idempotency-key': key }),
      },
      body: body && JSON.stringify(body),
    });
    assert.ok(answer.ok, `${method} ${route}: ${answer.status} ${answer.ok ? '' : await answer.text()}`);
    return answer;
  };
  const product = {
    gtin: '4870009990017',
    group: 'footwear',
    name: { kk: 'Былғары етік «Тұлпар»', ru: 'Ботинки кожаные «Тулпар»', en: 'Tulpar leather boots' },
    manufacturer: '«Алатау аяқ киім» ЖШС',
    country: 'KZ',
  };
  const digits = [...product.gtin.slice(0, 12)].map(Number);
  const sum = digits.reduce((total, digit, at) => total + digit * (at % 2 ? 3 : 1), 0);
  product.gtin = product.gtin.slice(0, 12) + ((10 - (sum % 10)) % 10);
  await call('POST', '/api/v1/products', product, 'film-product');
  const order = await (await call('POST', '/api/v1/orders', { gtin: product.gtin, quantity: 1 }, 'film-order')).json();
  const units = { orders: [{ order: order.order }] };
  await call('POST', '/api/v1/applications', { units }, 'film-application');
  const paper = { number: 'KZ.7500361.01.01.00123', date: '2026-02-20' };
  const facts = { place: 'Талғар қ.', produced: '2026-03-02', conformity: paper, test: paper, price_tiyn: 1899000 };
  await call('POST', '/api/v1/introductions', { units, facts }, 'film-introduction');
  const pdf = await (await call('GET', `/api/v1/orders/${order.order}/labels.pdf`)).arrayBuffer();
  const [page] = pages(Buffer.from(pdf), path);
  // The upper left label of the sheet.
  const label = await cutLabel(browser, page, { left: 0.03, top: 0.02, width: 0.34, height: 0.14 });
  const out = join(path, 'label.mjpeg');
  await film(browser, label, out);
  return { image: label, film: out, product };
}

let label;

before(async () => {
  servers = await startServers();
  browser = await launch();
  films = folder();
  label = await printedLabel(films.path);
  await browser.close();
  browser = await launch(label.film);
  mkdirSync(pictures, { recursive: true });
});

after(async () => {
  await browser?.close();
  films?.remove();
  await servers?.stop();
});

const heading = (page, name) => page.getByRole('heading', { level: 1, name });
const button = (page, name) => page.getByRole('button', { name, exact: true });
const link = (page, name) => page.getByRole('link', { name, exact: true });

/** Opens the app and waits until the service worker has taken over, so that the next start needs no network. */
async function open(context, path = '/') {
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error));
  await page.goto(servers.edge + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  return { page, problems };
}

async function scan(page, tag) {
  await link(page, text(tag, 'home-scan')).first().click();
  await heading(page, text(tag, 'scan-title')).waitFor();
}

const verdict = (tag, name) => text(tag, `verdict-${name}`);

/** Reports of violations as an inspector reads them. */
async function reports() {
  const headers = { authorization: `Bearer ${servers.accounts.inspector}` };
  const answer = await fetch(`${servers.backend}/api/v1/reports`, { headers });
  return (await answer.json()).reports;
}

async function waitForReport(note) {
  for (let tries = 0; tries < 600; tries++) {
    const found = (await reports()).find(({ report }) => report.note === note);
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`no report «${note}» has arrived`);
}

/** A JPEG with coordinates in its EXIF, as a phone's camera makes it. */
async function photoWithCoordinates(context) {
  const page = await context.newPage();
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1600, 1200);
    const draw = canvas.getContext('2d');
    for (let at = 0; at < 400; at++) {
      draw.fillStyle = `hsl(${at * 7}, 60%, 50%)`;
      draw.fillRect((at * 137) % 1600, (at * 89) % 1200, 220, 160);
    }
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    let binary = '';
    for (const byte of new Uint8Array(await blob.arrayBuffer())) binary += String.fromCharCode(byte);
    return btoa(binary);
  });
  await page.close();
  const jpeg = Buffer.from(base64, 'base64');
  const exif = Buffer.from('Exif\0\0MM\0*\0\0\0\x08 GPSLatitude 43.238949 GPSLongitude 76.889709', 'latin1');
  const head = Buffer.from([0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

async function report(page, context, tag, { note, withPhoto }) {
  await link(page, text(tag, 'home-report')).first().click();
  await heading(page, text(tag, 'report-title')).waitFor();
  await page.getByRole('radio', { name: text(tag, 'report-kind-mismatch') }).check({ force: true });
  await page.getByLabel(text(tag, 'report-note'), { exact: true }).fill(note);
  if (withPhoto) {
    const buffer = await photoWithCoordinates(context);
    await page.locator('input[type=file]').setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer });
    await page.getByRole('img', { name: text(tag, 'report-photo-alt') }).waitFor();
  }
  await button(page, text(tag, 'report-send')).click();
  await page.getByText(/TB(-[0-9A-Z]{4}){4}/).first().waitFor();
  return (await page.locator('body').innerText()).match(/TB(-[0-9A-Z]{4}){4}/)[0];
}

describe('scan, verdict, card, report', () => {
  for (const tag of ['en', 'kk']) {
    test(`with a network, in ${tag}`, async () => {
      const context = await phone(browser, { language: tag });
      const { page, problems } = await open(context);
      await scan(page, tag);
      await heading(page, verdict(tag, 'genuine')).waitFor();
      await page.getByText(label.product.name[tag], { exact: false }).first().waitFor();
      const shown = await page.locator('body').innerText();
      for (const fact of ['KZ.7500361.01.01.00123', 'Талғар қ.', label.product.manufacturer]) {
        assert.ok(shown.includes(fact), `the card lacks ${fact}`);
      }
      if (tag === 'en') await page.screenshot({ path: join(pictures, 'genuine.png') });
      const note = `the boots are another colour (${tag})`;
      const ticket = await report(page, context, tag, { note, withPhoto: true });
      await heading(page, text(tag, 'reports-title-delivered')).waitFor();
      if (tag === 'en') await page.screenshot({ path: join(pictures, 'report.png') });
      const arrived = await waitForReport(note);
      assert.equal(arrived.ticket, ticket);
      assert.equal(arrived.report.kind, 'mismatch');
      assert.equal(arrived.report.place, undefined, 'a place was not agreed to');
      assert.equal(arrived.report.language, tag);
      const photo = await fetch(`${servers.backend}/api/v1/reports/${ticket}/photo`, {
        headers: { authorization: `Bearer ${servers.accounts.inspector}` },
      });
      const bytes = Buffer.from(await photo.arrayBuffer());
      assert.equal(bytes.subarray(0, 3).toString('hex'), 'ffd8ff');
      assert.equal(bytes.length, arrived.photo_bytes);
      for (const trace of ['Exif', 'GPS', '43.238949']) assert.ok(!bytes.includes(trace), `the photo still has ${trace}`);
      assert.deepEqual(problems, []);
      await context.close();
    });
  }

  test('without a network: the signature speaks, the report waits in the outbox', async () => {
    const tag = 'en';
    const context = await phone(browser, { language: tag });
    const { page, problems } = await open(context);
    // Once with the network, so that keys and scanner are there; a person without a network has opened the app before.
    await scan(page, tag);
    await heading(page, verdict(tag, 'genuine')).waitFor();
    await page.goto(servers.edge);
    await heading(page, text(tag, 'home-title')).waitFor();
    await context.setOffline(true);
    // The app starts anew without a network too.
    await page.reload();
    await heading(page, text(tag, 'home-title')).waitFor();
    await scan(page, tag);
    await heading(page, verdict(tag, 'genuine-offline')).waitFor();
    await page.screenshot({ path: join(pictures, 'offline.png') });
    const note = 'seen at the bazaar, no network';
    const ticket = await report(page, context, tag, { note, withPhoto: true });
    assert.ok(!(await reports()).some((report) => report.ticket === ticket), 'nothing can have been sent');
    await context.setOffline(false);
    const arrived = await waitForReport(note);
    assert.equal(arrived.ticket, ticket);
    assert.equal(arrived.report.place, undefined);
    assert.ok(arrived.photo_bytes > 0);
    assert.equal((await reports()).filter((report) => report.ticket === ticket).length, 1);
    assert.deepEqual(problems, []);
    await context.close();
  });
});

describe('every verdict, as typed', () => {
  const needsNetwork = new Set(['genuine_offline']);
  test('each demo code shows the words of its verdict', async () => {
    const context = await phone(browser, { language: 'ru' });
    const { page } = await open(context);
    for (const { code, verdict: name } of servers.demo.filter(({ verdict }) => !needsNetwork.has(verdict))) {
      await page.goto(`${servers.edge}/check?code=${encodeURIComponent(code)}`);
      // What is blocked in the demo is recalled, which has words of its own.
      const words = name === 'genuine_blocked' ? 'recalled' : name.replaceAll('_', '-');
      await heading(page, verdict('ru', words)).waitFor();
    }
    await context.close();
  });
});

describe('for everyone', () => {
  const screens = ['/', '/type', '/history', '/reports', '/report', '/settings', '/about'];
  for (const dark of [false, true]) {
    test(`axe finds nothing, ${dark ? 'dark' : 'light'}; nothing is wider than the phone`, async () => {
      // axe is put into the page by the test, which the app's policy rightly forbids to others.
      const context = await phone(browser, { language: 'kk', dark, bypassCSP: true });
      const { page } = await open(context);
      const codes = ['genuine', 'genuine_sold', 'genuine_blocked', 'not_issued', 'incomplete'].map(
        (name) => servers.demo.find(({ verdict }) => verdict === name).code,
      );
      const results = codes.map((code) => `/check?code=${encodeURIComponent(code)}`);
      for (const path of [...screens, ...results, '/demo/']) {
        await page.goto(servers.edge + path);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        if (results.includes(path)) await page.waitForURL(/\/result\//);
        await page.addScriptTag({ path: axe });
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
        const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n    ')}`);
        assert.deepEqual(told, [], path);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= 360, `${path} is ${wide} pixels wide`);
      }
      await context.close();
    });
  }

  test('the camera looks on while there is nothing to read', async () => {
    const out = join(films.path, 'far.mjpeg');
    await film(browser, label.image, out, { filter: 'blur(5px)', frames: 4, shift: 260 });
    const looking = await launch(out);
    const seeking = await phone(looking, { language: 'en' });
    const { page: camera } = await open(seeking);
    await scan(camera, 'en');
    await camera.getByText(text('en', 'scan-hint')).waitFor();
    await camera.waitForFunction(() => document.querySelector('video').currentTime > 0.5);
    await heading(camera, text('en', 'scan-title')).waitFor();
    await looking.close();
  });

  test('a mark that was sold says so, and where', async () => {
    const context = await phone(browser, { language: 'en' });
    const { page } = await open(context);
    const code = servers.demo.find(({ verdict }) => verdict === 'genuine_sold').code;
    await page.goto(`${servers.edge}/check?code=${encodeURIComponent(code)}`);
    await heading(page, verdict('en', 'genuine-sold')).waitFor();
    await page.screenshot({ path: join(pictures, 'sold.png') });
    await context.close();
  });
});
