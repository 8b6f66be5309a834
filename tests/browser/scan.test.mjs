// The scan screen with scenes before its camera: what is aimed at wins, what hinders is said, whatever fails has a way out.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { folder, launch, phone } from './browser.mjs';
import { demoLabel, ean13, goldenSymbol, shine, shoot } from './scenes.mjs';
import { startServers } from './servers.mjs';
import { text } from './texts.mjs';

const root = resolve(import.meta.dirname, '../..');
const pictures = join(root, '.run/tests/pictures/scan');
// `TANBA_PICTURES=1` renews the README's picture of the camera.
const readme = process.env.TANBA_PICTURES ? join(root, 'docs/pictures/scan.png') : join(pictures, 'several.png');
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Middle of the place to hold a code in, in pixels of a 1280×720 frame that a phone of 360×740 shows. */
const AIM = { x: 640, y: 250 };

let servers;
let films;
let studio;
let genuine;
let sold;

before(async () => {
  servers = await startServers();
  films = folder();
  studio = await launch();
  const demo = (name) => servers.demo.find(({ verdict }) => verdict === name);
  genuine = demo('genuine');
  sold = demo('genuine_sold');
  mkdirSync(pictures, { recursive: true });
});

after(async () => {
  await studio?.close();
  films?.remove();
  await servers?.stop();
});

/** A label of a demo code in the middle, or where it is told to be. */
const label = (entry, place = {}) => ({ image: demoLabel(servers, entry), ...AIM, side: 230, ...place });

/** A browser whose camera shows these things. */
async function camera(name, things, options) {
  const out = join(films.path, `${name}.mjpeg`);
  await shoot(studio, out, things, options);
  return launch(out);
}

/** A picture of labels beside each other, as a PNG file. */
async function photo(...entries) {
  const page = await studio.newPage({ viewport: { width: 700 * Math.max(1, entries.length), height: 700 } });
  const images = entries.map((entry) => `<img alt="" width="500" height="500" style="margin: 80px" src="${demoLabel(servers, entry)}">`);
  await page.setContent(`<body style="display: flex; margin: 0">${images.join('')}`);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  const file = await page.screenshot({ type: 'png' });
  await page.close();
  return file;
}

const pick = (page, name, buffer) =>
  page.getByLabel(text('en', 'home-picture')).setInputFiles({ name, mimeType: 'image/png', buffer });

/** The button by which one of several marks is chosen. */
const button = (page, { code }) => {
  const [, gtin, serial] = code.match(/^01(\d{14})21([^\u001d]+)/);
  return page.getByRole('button', { name: text('en', 'scan-pick', { gtin, end: serial.slice(-5) }) });
};

const heading = (page, name) => page.getByRole('heading', { level: 1, name });
const verdict = (tag, name) => text(tag, `verdict-${name}`);

/** Opens the app with its keys loaded, then the scan screen; runs what is to be seen there. */
async function scan(browser, options, act) {
  const context = await phone(browser, options);
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  const tag = options.language ?? 'en';
  await options.prepare?.(context);
  await page.goto(servers.edge);
  await page.getByRole('link', { name: text(tag, 'home-scan'), exact: true }).first().click();
  // A code that fills the view may be read before the screen's own heading is looked for.
  await page.waitForURL(/\/(scan|result)/);
  await act(page, context);
  assert.deepEqual(problems, []);
  await context.close();
}

/** Scans these things with a browser of their own, which is closed whatever happens: one left open holds the test run. */
async function filmed(name, things, { film, ...options }, act) {
  const browser = await camera(name.replaceAll(/\W+/g, '-'), things, film);
  try {
    await scan(browser, options, act);
  } finally {
    await browser.close();
  }
}

/** A scene, a browser and a phone for one test. */
const scene = (name, things, options, act) => test(name, () => filmed(name, things(), options, act));

const said = (page, tag, id) => page.getByRole('status').filter({ hasText: text(tag, id) }).waitFor();

describe('what is aimed at', () => {
  scene('a mark in motion', () => [label(genuine)], { film: { sway: 28, frames: 12 } }, async (page) => {
    await heading(page, verdict('en', 'genuine')).waitFor();
  });

  scene('the mark in the middle of two', () => [label(sold, { y: 560, side: 180 }), label(genuine, { side: 180 })], {}, async (page) => {
    await heading(page, verdict('en', 'genuine')).waitFor();
  });

  const both = () => [label(genuine, { x: 555, side: 160 }), label(sold, { x: 725, side: 160 })];
  scene('of two marks as near as each other the one that is tapped', both, { film: { sway: 2 } }, async (page) => {
    await said(page, 'en', 'scan-several');
    await page.screenshot({ path: readme });
    for (const one of [genuine, sold]) {
      const { width, height } = await button(page, one).boundingBox();
      assert.ok(width >= 44 && height >= 44, `${width}×${height} is too small to tap`);
    }
    // By keyboard, as a person does who cannot tap what moves.
    await button(page, sold).focus();
    await page.keyboard.press('Enter');
    await heading(page, verdict('en', 'genuine-sold')).waitFor();
  });

  const advertised = () => [
    { image: goldenSymbol('qr-utf8'), x: AIM.x, y: 480, side: 190 },
    label(genuine, { y: 230, side: 200 }),
  ];
  scene('the mark beside an advertisement', advertised, {}, async (page) => {
    await heading(page, verdict('en', 'genuine')).waitFor();
  });

  const advertisement = () => [{ image: goldenSymbol('qr-utf8'), ...AIM, side: 200 }];
  scene('an advertisement alone, after it was said what it is', advertisement, {}, async (page) => {
    await heading(page, verdict('en', 'not-a-mark')).waitFor();
  });
});

describe('what hinders', () => {
  scene('a mark too far away', () => [label(genuine, { side: 60 })], { film: { sway: 3, filter: 'blur(1px)' } }, async (page) => {
    await said(page, 'en', 'scan-closer');
    await page.screenshot({ path: join(pictures, 'closer.png') });
  });

  scene('darkness', () => [label(genuine)], { film: { filter: 'brightness(0.05) blur(9px)' } }, async (page) => {
    await said(page, 'en', 'scan-dark');
    await page.screenshot({ path: join(pictures, 'dark.png') });
  });

  const blurred = (pixels) => ({ film: { sway: 3, filter: `blur(${pixels}px)` } });
  for (const [name, advice, things, options] of [
    ['a mark so near that its edges are lost', 'scan-back', () => [label(genuine, { y: 360, side: 714 })], blurred(12)],
    ['a hand that shakes', 'scan-still', () => [label(genuine)], blurred(6)],
    ['a mark that shines', 'scan-tilt', () => [label(genuine), { image: shine, ...AIM, y: AIM.y + 70, side: 300 }], {}],
    ['a plain barcode', 'scan-barcode', () => [{ image: ean13('4870001234560'), ...AIM, side: 351 }], {}],
    ['a mark that the edge of the screen cuts', 'scan-inside', () => [label(genuine, { x: 480 })], blurred(6)],
  ]) {
    scene(name, things, options, async (page) => {
      await said(page, 'en', advice);
      await page.screenshot({ path: join(pictures, `${advice}.png`) });
    });
  }
});

describe('what the platform reads', () => {
  const script = readFileSync(join(root, 'app/public/detector.js'), 'utf8');
  /** A platform whose reader says `answer` of every picture, and tells the test that it was asked. */
  const platform = (answer, asked) => ({
    serviceWorkers: 'block',
    prepare: async (context) => {
      await context.addInitScript(() => {
        window.BarcodeDetector = class {};
      });
      const reader = `self.BarcodeDetector = class {
        static async getSupportedFormats() { return ['qr_code', 'data_matrix']; }
        async detect() {
          await fetch('/asked');
          const cornerPoints = [[540, 150], [740, 150], [740, 350], [540, 350]].map(([x, y]) => ({ x, y }));
          return [{ rawValue: ${JSON.stringify(answer())}, format: 'data_matrix', cornerPoints }];
        }
      };\n`;
      await context.route('**/detector.js', (route) => route.fulfill({ contentType: 'text/javascript', body: reader + script }));
      await context.route('**/asked', (route) => {
        asked.count += 1;
        return route.fulfill({ status: 204 });
      });
    },
  });
  const forged = () => genuine.code.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));

  test('a reader that makes texts up changes nothing', async () => {
    const asked = { count: 0 };
    await filmed('nothing', [], platform(forged, asked), async (page) => {
      while (asked.count < 40) await page.waitForTimeout(50);
      assert.match(page.url(), /\/scan$/, 'a text that no signature bears out was believed');
    });
    const shown = [label(genuine, { side: 150, y: 470 })];
    await filmed('shown', shown, platform(forged, asked), (page) => heading(page, verdict('en', 'genuine')).waitFor());
  });

  test('a reader that only loses separators is believed by its signature', async () => {
    const asked = { count: 0 };
    const cut = () => genuine.code.replaceAll('\u001d', '');
    await filmed('nothing-more', [], platform(cut, asked), (page) => heading(page, verdict('en', 'genuine')).waitFor());
  });
});

describe('what fails has a way out', () => {
  test('no camera: a picture, or typing', async () => {
    await scan(studio, {}, async (page) => {
      await page.getByRole('alert').filter({ hasText: text('en', 'scan-retry') }).waitFor();
      await page.screenshot({ path: join(pictures, 'no-camera.png') });
      await pick(page, 'a.png', await photo(genuine));
      await heading(page, verdict('en', 'genuine')).waitFor();
    });
  });

  test('a picture file that cannot be read says why; of several marks one is chosen', async () => {
    const [one, two] = [await photo(genuine), await photo(genuine, sold)];
    for (const way of ['/scan', '/']) {
      await scan(studio, {}, async (page) => {
        if (way === '/') {
          await page.getByRole('button', { name: text('en', 'scan-close') }).click();
        }
        const says = (id) => page.getByRole('status').filter({ hasText: text('en', id) }).waitFor();
        for (const [name, bytes, id] of [
          ['letter.png', Buffer.from('Dear Sir or Madam'), 'scan-file-unknown-format'],
          ['empty.png', Buffer.alloc(0), 'scan-file-unknown-format'],
          ['half.png', one.subarray(0, one.length / 2), 'scan-file-damaged'],
          ['wall.png', await photo(), 'scan-file-no-code'],
        ]) {
          await pick(page, name, bytes);
          await says(id);
        }
        await pick(page, 'two.png', two);
        await says('scan-file-several');
        await page.screenshot({ path: join(pictures, `file-several-${way.slice(1) || 'home'}.png`), fullPage: true });
        await button(page, sold).click();
        await heading(page, verdict('en', 'genuine-sold')).waitFor();
      });
    }
  });

  scene('a camera that ends is opened again', () => [], {}, async (page) => {
    await said(page, 'en', 'scan-hint');
    await page.evaluate(() => {
      const video = document.querySelector('video');
      window.first = video.srcObject;
      window.first.getTracks().forEach((track) => track.stop());
    });
    await page.waitForFunction(() => {
      const now = document.querySelector('video')?.srcObject;
      return now && now !== window.first && now.getVideoTracks()[0].readyState === 'live';
    });
    await said(page, 'en', 'scan-hint');
  });
});

describe('for everyone', () => {
  for (const tag of ['kk', 'ru', 'en']) {
    for (const [look, dark, size] of [['light', false, 100], ['dark', true, 100], ['large', false, 200]]) {
      scene(`axe finds nothing and nothing is cut, ${tag}, ${look}`, () => [], { language: tag, dark, bypassCSP: true }, async (page) => {
        await said(page, tag, 'scan-hint');
        await page.addStyleTag({ content: `html { font-size: ${size}% }` });
        await page.addScriptTag({ path: axe });
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`), []);
        const outside = await page.evaluate(() =>
          [...document.querySelectorAll('.scan button, .scan a, .scan h1, .scan-hint')]
            .map((element) => [element.getBoundingClientRect(), element.outerHTML])
            .filter(([{ left, right }]) => left < 0 || right > innerWidth + 0.5)
            .map(([, html]) => html));
        assert.deepEqual(outside, []);
        const finder = await page.locator('#scan-finder').boundingBox();
        assert.ok(finder.height >= 100, `only ${finder.height} pixels are left for the code`);
        await page.screenshot({ path: join(pictures, `${tag}-${look}.png`) });
      });
    }
  }
});

describe('typing', () => {
  const parts = (page, tag) => page.getByRole('list', { name: text(tag, 'type-parts') });

  for (const tag of ['kk', 'ru', 'en']) {
    test(`every part is told as it is typed, in ${tag}`, async () => {
      const context = await phone(studio, { language: tag, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${servers.edge}/type`);
      const field = page.getByLabel(text(tag, 'type-label'));
      const [, gtin, serial] = genuine.code.match(/^01(\d{14})21([^\u001d]+)/);
      const told = async (typed, ...words) => {
        await field.fill(typed);
        for (const word of words) await parts(page, tag).getByText(word).first().waitFor();
      };
      const open = (got, need) => text(tag, 'type-part-open', { got, need });
      await told(`(01)${gtin.slice(0, 6)}`, open('6', '14'), text(tag, 'type-part-missing'));
      const wrong = gtin.slice(0, 13) + ((Number(gtin[13]) + 1) % 10);
      await told(`(01)${wrong}`, text(tag, 'type-wrong-check-digit'));
      await told(`(01)${gtin}(21)${serial.slice(0, 4)}`, text(tag, 'type-part-check-digit', { got: '14' }), open('4', '13'));
      await told(`(01)${gtin}(21)${serial.slice(0, 4)}O`, text(tag, 'type-wrong-character', { character: 'O' }));
      const bracketed = genuine.code.replace(/^01(\d{14})21/, '(01)$1(21)').replace('\u001d91', '(91)').replace('\u001d92', '(92)');
      await told(bracketed, text(tag, 'type-part-verified', { got: '83' }));
      await page.addScriptTag({ path: axe });
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`), []);
      await page.screenshot({ path: join(pictures, `type-${tag}.png`), fullPage: true });
      const forged = bracketed.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
      await told(forged, text(tag, 'type-wrong-signature'));
      await context.close();
    });
  }

  test('a hand scanner is heard wherever the focus is, under another layout too', async () => {
    const context = await phone(studio, { language: 'ru' });
    const page = await context.newPage();
    // The keys of the United States layout, as ЙЦУКЕН types them; digits stay where they are.
    const latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,.QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>/?@#$^&";
    const cyrillic = 'йцукенгшщзхъфывапролджэячсмитьбюЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ.,"№;:?';
    const layout = (c) => (latin.includes(c) ? cyrillic[latin.indexOf(c)] : c);
    const [kazakhKeys, kazakh] = ['1234567890-=!@#$%^&*()_+/|?', '"әіңғ,.үұқөһ!ӘІҢҒ;:ҮҰҚӨҺ№/?'];
    const typed = {
      plain: (code) => code,
      layout: (code) => [...code].map(layout).join(''),
      prefixed: (code) => `]d2${code}`,
      // Kazakh has letters of its own where others have digits.
      kazakh: (code) => [...code].map((c) => (kazakhKeys.includes(c) ? kazakh[kazakhKeys.indexOf(c)] : layout(c))).join(''),
      capsLock: (code) => [...code].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join(''),
    };
    for (const form of Object.values(typed)) {
      await page.goto(`${servers.edge}/type`);
      await heading(page, text('ru', 'type-title')).waitFor();
      await page.evaluate((keys) => {
        const press = (key, ctrlKey = false) =>
          (document.activeElement ?? document.body).dispatchEvent(
            new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
        // U+001D comes as Ctrl and ].
        for (const key of keys) key === '\u001d' ? press(']', true) : press(key);
        press('Enter');
      }, [...form(genuine.code)]);
      await heading(page, verdict('ru', 'genuine')).waitFor();
    }
    await context.close();
  });
});
