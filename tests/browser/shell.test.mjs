// The app as a program of its own: its web view shows the camera, its own thread reads what that sees.
//
// This machine has no camera, and WebKitGTK takes no film for one as Chromium does. So the page's `getUserMedia` gives the
// stream of a canvas with a label on it; what lies behind it is what phones run. The page's part in a real capture is tested
// in Chromium below.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { createServer } from 'node:http';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { WebSocketServer } from 'ws';
import { folder, launch } from './browser.mjs';
import { freePort } from './processes.mjs';
import { startProgram, startScreen } from './program.mjs';
import { demoLabel, shoot } from './scenes.mjs';
import { startServers } from './servers.mjs';
import { text } from './texts.mjs';
import { until } from './web-view.mjs';

const root = resolve(import.meta.dirname, '../..');
const pictures = join(root, '.run/tests/pictures/shell');

let servers;
let screen;
let kept;
let program;

before(async () => {
  servers = await startServers();
  screen = await startScreen();
  mkdirSync(pictures, { recursive: true });
});

after(async () => {
  await screen?.stop();
  await servers?.stop();
});

afterEach(async () => {
  await program?.stop();
  kept?.remove();
  [program, kept] = [undefined, undefined];
});

const demo = (name) => servers.demo.find(({ verdict }) => verdict === name);

/** Starts the app with nothing kept, or with what the last one has kept. */
async function start(options = {}) {
  kept ??= folder();
  program = await startProgram({ screen, folder: kept.path, service: servers.edge, ...options });
  return program;
}

/** Lays a label before the camera, in a hand that moves a little. */
const lay = (image) =>
  program.evaluate(`(async () => {
    const image = Object.assign(new Image(), { src: ${JSON.stringify(image)} });
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
    const context = canvas.getContext('2d');
    let turn = 0;
    setInterval(() => {
      turn += 0.5;
      context.fillStyle = '#b8946c';
      context.fillRect(0, 0, 1280, 720);
      context.fillStyle = '#fff';
      const [x, y] = [525 + 4 * Math.sin(turn), 135 + 4 * Math.cos(turn)];
      context.fillRect(x, y, 230, 230);
      context.drawImage(image, x + 6, y + 6, 218, 218);
    }, 50);
    globalThis.streams = [];
    MediaDevices.prototype.getUserMedia = async (asked) => {
      globalThis.asked = asked;
      streams.push(canvas.captureStream(20));
      return streams.at(-1);
    };
  })()`);

/** What the state is told when it asks. */
const ask = (path) =>
  fetch(`${servers.backend}${path}`, { headers: { authorization: `Bearer ${servers.accounts.inspector}` } });

const reports = async () => (await (await ask('/api/v1/reports')).json()).reports;

const click = (words) =>
  program.until(`(() => {
    const all = [...document.querySelectorAll('a, button, label')];
    const one = all.find((one) => (one.getAttribute('aria-label') ?? one.textContent).trim() === ${JSON.stringify(words)});
    one?.click();
    return one !== undefined;
  })()`);

/**
 * Picks a picture of a label as a file, as the web view's own dialogue would: all of it, or its first bytes.
 */
const pick = (words, image, bytes) =>
  program.evaluate(`(async () => {
    const image = Object.assign(new Image(), { src: ${JSON.stringify(image)} });
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: 700, height: 700 });
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, 700, 700);
    context.drawImage(image, 100, 100, 500, 500);
    const whole = await new Promise((done) => canvas.toBlob(done, 'image/png'));
    const all = [...document.querySelectorAll('input[type=file]')];
    const input = all.find((one) => one.getAttribute('aria-label') === ${JSON.stringify(words)});
    const files = new DataTransfer();
    files.items.add(new File([whole.slice(0, ${bytes ?? 'whole.size'})], 'label.png', { type: 'image/png' }));
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  })()`);

const says = (words) => program.until(`document.querySelector('main, #main').textContent.includes(${JSON.stringify(words)})`);
const isHeaded = (words) => program.until(`document.querySelector('h1')?.textContent.trim() === ${JSON.stringify(words)}`);
const look = async (name) => writeFileSync(join(pictures, `${name}.png`), await program.picture());

describe('a program of its own', () => {
  test('reads what the camera sees, knows the verdict, and closes the camera', async () => {
    await start();
    await lay(demoLabel(servers, demo('genuine')));
    await click(text('kk', 'home-scan'));
    await isHeaded(text('kk', 'verdict-genuine'));
    await look('genuine');
    assert.deepEqual(await program.evaluate('[asked.audio, asked.video.facingMode]'), [false, 'environment']);
    await program.until("streams.every((stream) => stream.getTracks().every(({ readyState }) => readyState === 'ended'))");
    assert.equal(await program.evaluate('streams.length'), 1);
  });

  test('knows by itself what it can know without a network, and keeps what was checked', async () => {
    await start({ language: 'ru_RU.UTF-8' });
    await lay(demoLabel(servers, demo('genuine_sold')));
    await click(text('ru', 'home-scan'));
    await isHeaded(text('ru', 'verdict-genuine-sold'));
    await program.stop();

    // Nobody listens there any more.
    const gone = `http://127.0.0.1:${await freePort()}`;
    await start({ language: 'ru_RU.UTF-8', service: gone });
    await says(text('ru', 'verdict-genuine-sold'));
    await lay(demoLabel(servers, demo('genuine')));
    await click(text('ru', 'home-scan'));
    await isHeaded(text('ru', 'verdict-genuine-offline'));
    await look('offline');

    // A report waits for the network, and is sent when the app is opened where there is one.
    await click(text('ru', 'home-report'));
    await isHeaded(text('ru', 'report-title'));
    await click(text('ru', 'report-kind-mismatch'));
    const note = 'на базаре, без сети';
    await program.evaluate(`(() => {
      const field = document.querySelector('textarea');
      field.value = ${JSON.stringify(note)};
      field.dispatchEvent(new Event('input', { bubbles: true }));
    })()`);
    await pick(text('ru', 'report-photo-take'), demoLabel(servers, demo('genuine')));
    await program.until(`document.querySelector('img[alt="${text('ru', 'report-photo-alt')}"]') !== null`);
    await look('report');
    await click(text('ru', 'report-send'));
    const ticket = await program.until("/TB(-[0-9A-Z]{4}){4}/.exec(document.body.textContent)?.[0]");
    assert.ok(!(await reports()).some((report) => report.ticket === ticket), 'nothing can have been sent');
    await program.stop();
    await start({ language: 'ru_RU.UTF-8' });
    const arrived = await until(async () => (await reports()).find((report) => report.ticket === ticket), 'the report arrives');
    assert.deepEqual([arrived.report.note, arrived.report.kind, arrived.report.place], [note, 'mismatch', undefined]);
    const photo = await ask(`/api/v1/reports/${ticket}/photo`);
    const bytes = Buffer.from(await photo.arrayBuffer());
    assert.deepEqual([bytes.subarray(0, 3).toString('hex'), bytes.length], ['ffd8ff', arrived.photo_bytes]);
  });

  test('reads a picture file, and says what is wrong with one', async () => {
    await start();
    const image = demoLabel(servers, demo('genuine'));
    for (const [bytes, id] of [[0, 'scan-file-unknown-format'], [900, 'scan-file-damaged']]) {
      await program.until(`document.querySelector('input[type=file]') !== null`);
      await pick(text('kk', 'home-picture'), image, bytes);
      await says(text('kk', id));
    }
    await pick(text('kk', 'home-picture'), image);
    await isHeaded(text('kk', 'verdict-genuine'));
  });

  test('says that there is no camera, and has another way', async () => {
    await start({ language: 'en_GB.UTF-8' });
    await click(text('en', 'home-scan'));
    await says(text('en', 'scan-camera-missing'));
    await look('no-camera');
    await program.evaluate(`(() => {
      MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    })()`);
    await click(text('en', 'scan-retry'));
    // In a program it is the phone that gives the camera, not a browser.
    await says(text('en', 'scan-camera-denied-help-app'));
  });

  test('opens the camera again when it ends', async () => {
    await start({ language: 'en_GB.UTF-8' });
    await lay(demoLabel(servers, demo('genuine')));
    // The first one shows nothing, and ends when it is seen.
    await program.evaluate(`(() => {
      const give = MediaDevices.prototype.getUserMedia;
      const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
      const context = canvas.getContext('2d');
      setInterval(() => context.fillRect(0, 0, 1280, 720), 50);
      MediaDevices.prototype.getUserMedia = async (asked) => {
        if (streams.length > 0) return give(asked);
        const stream = canvas.captureStream(20);
        streams.push(stream);
        return stream;
      };
    })()`);
    await click(text('en', 'home-scan'));
    await program.until("document.querySelector('video')?.videoWidth === 1280");
    await program.evaluate('streams[0].getTracks().forEach((track) => track.stop())');
    await isHeaded(text('en', 'verdict-genuine'));
    assert.equal(await program.evaluate('streams.length'), 2);
  });
});

test("the page's part gives a camera's own levels, and where they lie on the screen", async () => {
  const films = folder();
  const studio = await launch();
  const film = join(films.path, 'label.mjpeg');
  const image = demoLabel(servers, demo('genuine'));
  await shoot(studio, film, [{ image, x: 640, y: 360, side: 400 }], { sway: 0, frames: 2 });
  await studio.close();
  const browser = await launch(film);
  const site = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html>'));
  await new Promise((done) => site.listen(0, '127.0.0.1', done));
  const server = new WebSocketServer({ server: site });
  const address = `127.0.0.1:${site.address().port}`;
  try {
    const page = await (await browser.newContext({ permissions: ['camera'] })).newPage();
    await page.goto(`http://${address}/`);
    const closed = new Promise((done) => {
      server.once('connection', (socket) => socket.once('close', done));
    });
    const heard = new Promise((done) => {
      server.once('connection', (socket) => {
        const messages = [];
        socket.on('message', (data, isBinary) => {
          messages.push(isBinary ? data : JSON.parse(data));
          if (messages.length === 2) socket.send('finder');
          if (messages.length === 4) done(messages);
        });
        socket.send('nowhere');
      });
    });
    await page.evaluate(readFileSync(join(root, 'app/src/device/shell/camera/page.js'), 'utf8'));
    const opened = await page.evaluate(async (address) => {
      document.body.innerHTML = '<video id="film" playsinline style="position:fixed;left:10px;top:20px;width:640px;height:360px"></video>'
        + '<div id="finder" style="position:fixed;left:230px;top:100px;width:200px;height:200px"></div>';
      const { opened } = await tanbaCamera.open(null);
      await tanbaCamera.show({ id: 'film', address });
      return { ...opened, lenses: await tanbaCamera.lenses() };
    }, `ws://${address}/`);
    assert.ok(opened.label !== '' && opened.lenses.some(({ id }) => id === opened.id), JSON.stringify(opened));
    const [nowhere, , { width, height, depth, stride, stand }, levels] = await heard;
    assert.equal(nowhere.stand, null);
    assert.deepEqual({ width, height, depth }, { width: 1280, height: 720, depth: 1 });
    assert.deepEqual(stand, { picture: [1280, 720], shown: [640, 360], aim: [320, 180], reach: 100 });
    assert.ok(stride >= 1280 && levels.length === stride * 720, `${stride}, ${levels.length}`);
    const level = (x, y) => levels[y * stride + x];
    assert.ok(level(442, 360) > 200 && level(100, 100) < 170, `paper ${level(442, 360)}, table ${level(100, 100)}`);
    // The camera ends with the connection.
    for (const client of server.clients) client.close();
    await closed;
    await page.waitForFunction(() => document.getElementById('film').srcObject === null);
  } finally {
    await browser.close();
    site.close();
    films.remove();
  }
});
