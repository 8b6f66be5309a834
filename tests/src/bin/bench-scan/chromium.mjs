// Reads folders of frames in Chromium as the app does: a worker gets video frames.
// node chromium.mjs OUT.json SITE FOLDER [FOLDER...]
// SITE holds worker.js, scan.js and scan_bg.wasm; NODE_PATH leads to pngjs.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { launch } from '../../../browser/browser.mjs';

const { PNG } = createRequire(import.meta.url)('pngjs');
const [out, site, ...folders] = process.argv.slice(2);
const types = { js: 'text/javascript', wasm: 'application/wasm', html: 'text/html' };

let frame;
const server = createServer((request, answer) => {
  const name = request.url.slice(1).split('?')[0] || 'index.html';
  answer.setHeader('content-type', types[name.split('.').pop()] ?? 'application/octet-stream');
  if (name === 'index.html') answer.end('<!doctype html><title>frames</title>');
  else if (name === 'frame') answer.end(frame);
  else if (existsSync(join(site, name))) answer.end(readFileSync(join(site, name)));
  else answer.writeHead(404).end();
}).listen(0, '127.0.0.1');
await new Promise((done) => server.on('listening', done));

const browser = await launch();
const page = await (await browser.newContext()).newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.evaluate(() => new Promise((done, fail) => {
  const worker = new Worker('/worker.js', { type: 'module' });
  let next = 0;
  window.read = async (width, height, isFirst) => {
    const levels = new Uint8Array(await (await fetch('/frame')).arrayBuffer());
    const sides = [Math.ceil(width / 2), Math.ceil(height / 2)];
    const planes = new Uint8Array(width * height + 2 * sides[0] * sides[1]).fill(128);
    planes.set(levels);
    const id = ++next;
    const video = new VideoFrame(planes, { format: 'I420', codedWidth: width, codedHeight: height, timestamp: id });
    const answer = new Promise((done) => { worker.onmessage = ({ data }) => data.id === id && done(data); });
    if (isFirst) worker.postMessage({ reset: true });
    worker.postMessage({ id, frame: video }, [video]);
    return answer;
  };
  worker.onmessage = ({ data }) => (data.ready ? done() : fail(new Error(data.error)));
}));

/** Files in /proc of the worker's thread: a process that descends from this one has a thread of that name. */
function threads() {
  const parent = (pid) => /\nPPid:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  const mine = (pid) => {
    for (let at = pid; at && at !== '0'; at = parent(at)) if (at === String(process.pid)) return true;
    return false;
  };
  const found = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!mine(pid)) continue;
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        const folder = `/proc/${pid}/task/${thread}`;
        if (readFileSync(`${folder}/comm`, 'utf8').startsWith('DedicatedWorker')) found.push(`${folder}/schedstat`);
      }
    } catch {
      // A process that has ended meanwhile.
    }
  }
  return found;
}

const [schedule, ...more] = threads();
if (!schedule || more.length > 0) throw new Error('one thread of a worker was expected');
/** Milliseconds that the worker's thread has run; it stands still between frames. */
const ran = () => Number(readFileSync(schedule, 'utf8').split(' ')[0]) / 1e6;

/** Looks at a frame at most, as from a camera that is held still: a fifth of a second. */
const LOOKS = 6;

const outcomes = [];
let warm = 10;
for (const folder of folders) {
  const corpus = basename(folder).split('-')[0];
  for (const entry of JSON.parse(readFileSync(join(folder, 'manifest.json')))) {
    const { data, width, height } = PNG.sync.read(readFileSync(join(folder, entry.file)));
    // Planes of half the size need even sides.
    if (width % 2 || height % 2) continue;
    frame = Buffer.alloc(width * height);
    for (let pixel = 0; pixel < frame.length; pixel++) frame[pixel] = data[4 * pixel];
    const read = (isFirst) => page.evaluate((frame) => window.read(...frame), [width, height, isFirst]);
    // The first frames compile.
    for (; warm > 0; warm--) await read(true);
    const of = { corpus, cls: entry.cls, sym: entry.sym, want: entry.text };
    const all = { dec: 'ours wasm, Chromium, held still', ...of, ms: 0, panic: false, got: [] };
    for (let look = 0; look < LOOKS && all.got.length === 0; look++) {
      const begin = ran();
      const { found, ms: wall, error } = await read(look === 0);
      const ms = ran() - begin;
      const got = found.map(({ text }) => text);
      outcomes.push({ dec: 'ours wasm, Chromium', ...of, ms, wall, panic: Boolean(error), got });
      Object.assign(all, { got, ms: all.ms + ms, panic: all.panic || Boolean(error) });
    }
    outcomes.push(all);
  }
  console.log('read', folder);
}
await browser.close();
server.close();
writeFileSync(out, JSON.stringify(outcomes));
