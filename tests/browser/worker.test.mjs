// The scanner's worker by itself, in Chromium, with drawn frames: what it answers to every message that its head describes.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { after, before, beforeEach, afterEach, describe, test } from 'node:test';
import { basename, join, resolve } from 'node:path';
import { launch } from './browser.mjs';

const root = resolve(import.meta.dirname, '../..');
const scanner = join(process.env.TANBA_SITE ?? join(root, 'target/web/app'), 'scan');
const number = '4870009990017';

/** A scanner whose first module ends in a trap at every frame; what is loaded after it is the real one. */
const trapping = `
  export * from '/scan.js';
  import init, { Camera as Sound } from '/scan.js';
  export default init;
  const unreachable = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11];
  const { t: trap } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(unreachable))).exports;
  export class Camera extends Sound {
    see_luma() {
      trap();
    }
  }`;

let server;
let browser;
let page;

before(async () => {
  const types = { js: 'text/javascript', wasm: 'application/wasm' };
  server = createServer(async ({ url }, answer) => {
    const { pathname, search } = new URL(url, 'http://localhost');
    if (pathname === '/') {
      return answer.setHeader('content-type', 'text/html').end('<!doctype html><title>frames</title>');
    }
    const traps = pathname === '/trap/scan.js' && search === '';
    const file = traps ? trapping : await readFile(join(scanner, basename(pathname))).catch(() => undefined);
    answer.statusCode = file ? 200 : 404;
    answer.setHeader('content-type', types[pathname.split('.').pop()] ?? 'text/plain').end(file);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
});

beforeEach(() => open('/worker.js'));

/** Opens a page with a worker: `ask` sends a message and waits for its answer, `draw` makes pictures. */
async function open(script) {
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.evaluate(async (script) => {
    const worker = new Worker(script, { type: 'module' });
    window.said = [];
    const waiting = new Map();
    worker.onmessage = ({ data }) => {
      window.said.push(data);
      waiting.get(data.id)?.(data);
    };
    let id = 0;
    window.ask = (message, transfer = []) => {
      id += 1;
      const answer = new Promise((done) => waiting.set(id, done));
      worker.postMessage({ id, ...message }, transfer);
      return answer;
    };
    window.tell = (message) => worker.postMessage(message);
    /** The same of a frame that is the first of its camera: it is looked at for every symbology, which later ones are by turns. */
    window.askFirst = (message, transfer) => {
      tell({ reset: true });
      return ask(message, transfer);
    };

    /** The modules of an EAN-13 symbol (ISO/IEC 15420). */
    const ean = (text) => {
      const right = ['1110010', '1100110', '1101100', '1000010', '1011100', '1001110', '1010000', '1000100', '1001000', '1110100'];
      const flip = (bits) => [...bits].map((bit) => 1 - bit).join('');
      const sets = ['000000', '001011', '001101', '001110', '010011', '011001', '011100', '010101', '010110', '011010'];
      const digits = [...text].map(Number);
      const left = digits.slice(1, 7).map((digit, at) =>
        sets[digits[0]][at] === '1' ? [...right[digit]].reverse().join('') : flip(right[digit]));
      return `101${left.join('')}01010${digits.slice(7).map((digit) => right[digit]).join('')}101`;
    };
    /** A frame that shows an EAN-13 symbol with its left upper corner at a place. */
    window.draw = (text, { width = 1280, height = 720, x = 400, y = 300, module = 3 } = {}) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      context.fillStyle = '#d8d4cc';
      context.fillRect(0, 0, width, height);
      context.fillStyle = '#201c18';
      [...ean(text)].forEach((bit, at) => bit === '1' && context.fillRect(x + at * module, y, module, 40 * module));
      return canvas;
    };
    /** A frame with the border of a DataMatrix of 24 modules whose inside says nothing. */
    window.drawUnread = () => {
      const canvas = new OffscreenCanvas(640, 480);
      const context = canvas.getContext('2d');
      context.fillStyle = '#e0e0e0';
      context.fillRect(0, 0, 640, 480);
      context.fillStyle = '#202020';
      let bits = 12345;
      for (let y = 0; y < 24; y++) {
        for (let x = 0; x < 24; x++) {
          bits = (bits * 1103515245 + 12345) % 2147483648;
          const border = x === 0 || y === 23 ? true : y === 0 ? x % 2 === 0 : x === 23 ? y % 2 === 1 : undefined;
          if (border ?? bits > 1073741824) context.fillRect(200 + x * 6, 150 + y * 6, 6, 6);
        }
      }
      return canvas;
    };
    /** The bytes of a canvas in a format of VideoFrame. */
    window.bytes = (canvas, format) => {
      const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      if (format === 'RGBA' || format === 'RGBX') return data;
      if (format === 'BGRX') {
        for (let at = 0; at < data.length; at += 4) [data[at], data[at + 2]] = [data[at + 2], data[at]];
        return data;
      }
      const size = { I420: 1.5, NV12: 1.5, I422: 2, I444: 3 }[format];
      const planes = new Uint8Array(width * height * size).fill(128);
      for (let at = 0; at < width * height; at++) planes[at] = 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2];
      return planes;
    };
    window.videoFrame = (canvas, format) =>
      new VideoFrame(window.bytes(canvas, format), { format, codedWidth: canvas.width, codedHeight: canvas.height, timestamp: 0 });
    await new Promise((done) => {
      const poll = setInterval(() => window.said.some(({ ready }) => ready !== undefined) && done(clearInterval(poll)), 5);
    });
  }, script);
  assert.deepEqual(await page.evaluate(() => window.said), [{ ready: true }]);
}

afterEach(() => page?.close());

/** Exactly the number, at the place it was drawn. */
function assertFound({ found, error }, x = 400, y = 300, message = '') {
  assert.equal(error, undefined, message);
  assert.deepEqual(found.map(({ text, gs1, symbology }) => ({ text, gs1, symbology })), [{ text: number, gs1: false, symbology: 'ean_13' }], message);
  const [left, right] = [Math.min, Math.max].map((pick) => pick(...found[0].corners.map(([cx]) => cx)));
  assert.ok(Math.abs(left - x) < 6 && Math.abs(right - x - 285) < 6, `${message}: from ${left} to ${right}`);
  const middle = found[0].corners.reduce((sum, [, cy]) => sum + cy, 0) / 4;
  assert.ok(Math.abs(middle - y - 60) < 30, `${message}: about ${middle}`);
}

describe('a frame', () => {
  for (const format of ['I420', 'NV12', 'I422', 'I444', 'RGBA', 'RGBX', 'BGRX']) {
    test(`as a VideoFrame of ${format} is read`, async () => {
      const answer = await page.evaluate(([text, format]) => {
        const frame = videoFrame(draw(text), format);
        return ask({ frame }, [frame]);
      }, [number, format]);
      assertFound(answer);
      assert.deepEqual(answer.seen, []);
      assert.ok(answer.light > 190 && answer.light < 215 && answer.glare === 0 && answer.ms > 0, JSON.stringify(answer));
    });
  }

  test('as a bitmap and as bytes is read', async () => {
    assertFound(await page.evaluate((text) => {
      const bitmap = draw(text).transferToImageBitmap();
      return askFirst({ bitmap }, [bitmap]);
    }, number));
    assertFound(await page.evaluate((text) => {
      const frame = bytes(draw(text), 'RGBA').buffer;
      return askFirst({ frame, width: 1280, height: 720 }, [frame]);
    }, number));
  });

  test('may be read in part, and places are those of the whole', async () => {
    const crop = { x: 301, y: 201, width: 500, height: 333 };
    for (const format of ['I420', 'NV12', 'RGBA']) {
      const answer = await page.evaluate(([text, format, crop]) => {
        const frame = videoFrame(draw(text), format);
        return askFirst({ frame, crop }, [frame]);
      }, [number, format, crop]);
      assertFound(answer, 400, 300, format);
    }
    const beside = await page.evaluate(([text, crop]) => {
      const bitmap = draw(text).transferToImageBitmap();
      return askFirst({ bitmap, crop: { ...crop, x: 700 } }, [bitmap]);
    }, [number, crop]);
    assert.deepEqual(beside.found, []);
  });

  test('may be made smaller, and places are those of what was sent', async () => {
    const answer = await page.evaluate((text) => {
      const frame = videoFrame(draw(text, { width: 1920, height: 1080, module: 8, x: 500, y: 300 }), 'NV12');
      return ask({ frame, scale: 2 }, [frame]);
    }, number);
    assert.equal(answer.found[0]?.text, number);
    assert.ok(answer.found[0].corners.some(([x]) => Math.abs(x - 500) < 12), JSON.stringify(answer));
  });

  test('with a symbol that cannot be read says what is seen', async () => {
    const { found, seen } = await page.evaluate(() => {
      const frame = videoFrame(drawUnread(), 'I420');
      return ask({ frame }, [frame]);
    });
    assert.deepEqual(found, []);
    assert.ok(seen.length > 0);
    const [{ symbology, corners, module, sharpness, contrast, glare }] = seen;
    assert.equal(symbology, 'data_matrix');
    assert.ok(corners.length === 4 && Math.abs(module - 6) < 1 && sharpness > 0.5 && contrast > 0.6 && glare === 0, JSON.stringify(seen));
  });
});

test('of frames that come too fast the newest is read, and each is answered once', async () => {
  const answers = await page.evaluate((text) => {
    // All are drawn before one is sent: drawing takes longer than reading.
    const frames = Array.from({ length: 12 }, () => videoFrame(draw(text), 'I420'));
    return Promise.all(frames.map((frame) => askFirst({ frame }, [frame])));
  }, number);
  const dropped = answers.filter((answer) => answer.dropped);
  assert.ok(dropped.length > 0, 'none was dropped');
  for (const answer of dropped) assert.deepEqual(answer, { id: answer.id, found: [], seen: [], dropped: true });
  answers.filter((answer) => !answer.dropped).forEach((answer) => assertFound(answer));
  assertFound(answers.at(-1));
  assert.deepEqual((await page.evaluate(() => said)).map(({ id }) => id).slice(1).sort((a, b) => a - b), answers.map(({ id }) => id));
});

describe('a picture', () => {
  test('is read as a file and as a bitmap, and is not overtaken', async () => {
    const answers = await page.evaluate(async (text) => {
      const file = await (await draw(text).convertToBlob()).arrayBuffer();
      const bitmap = draw(text).transferToImageBitmap();
      const frames = [1, 2, 3].map(() => videoFrame(draw(text), 'NV12'));
      const sent = [ask({ file }, [file]), ask({ bitmap, effort: 'picture' }, [bitmap])];
      frames.forEach((frame) => ask({ frame }, [frame]));
      return Promise.all(sent);
    }, number);
    answers.forEach((answer) => assertFound(answer));
  });

  test('that is none has its error', async () => {
    const answers = await page.evaluate(() => {
      const file = new TextEncoder().encode('no picture').buffer;
      return Promise.all([ask({ file }, [file]), ask({ nothing: true })]);
    });
    assert.deepEqual(answers.map(({ found, error }) => [found, error]), [[[], 'unknown_format'], [[], 'bad_message']]);
  });
});

test('after a fault the worker comes back by itself', async () => {
  await page.close();
  await open('/trap/worker.js');
  const [fault, answer, ready] = await page.evaluate(async (text) => {
    const [first, second] = [1, 2].map(() => videoFrame(draw(text), 'I420'));
    const fault = await ask({ frame: first }, [first]);
    return [fault, await ask({ frame: second }, [second]), said.filter(({ ready }) => ready).length];
  }, number);
  assert.deepEqual([fault.found, fault.error, ready], [[], 'stopped', 2]);
  assertFound(answer);
});
