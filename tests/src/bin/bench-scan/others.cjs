// Reads folders of frames with WASM modules under node: node others.cjs OUT.json MODULES FOLDER [FOLDER...]
// MODULES holds scan.js and scan_bg.wasm; NODE_PATH leads to zxing-wasm and pngjs.
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { PNG } = require('pngjs');
const zxing = require('zxing-wasm/reader');

/** Looks at a frame at most, of a reader that looks otherwise the next time. */
const LOOKS = 6;

/** Milliseconds of the processor in this process, whose other threads have nothing to do. */
async function timed(call) {
  const begin = process.cpuUsage();
  let got;
  let panic = false;
  try {
    got = await call();
  } catch {
    [got, panic] = [[], true];
  }
  const { user, system } = process.cpuUsage(begin);
  return { got, panic, ms: (user + system) / 1e3 };
}

async function ours(folder) {
  const scan = await import(pathToFileURL(path.join(folder, 'scan.js')));
  const { memory } = scan.initSync({ module: fs.readFileSync(path.join(folder, 'scan_bg.wasm')) });
  const camera = new scan.Camera();
  return ({ width, height, data }, symbol, look) => {
    // Each frame by itself, as from a camera that is held still: what came before is forgotten.
    if (look === 0) camera.reset();
    // Making room may move the memory, so the address comes first.
    const address = camera.input(width * height);
    const levels = new Uint8Array(memory.buffer, address, width * height);
    for (let pixel = 0; pixel < levels.length; pixel++) levels[pixel] = data[4 * pixel];
    return () => JSON.parse(camera.see_luma(width, height, 1)).found.map(({ text }) => text);
  };
}

function theirs() {
  const wasm = fs.readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  zxing.prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) } });
  return (image, symbol) => {
    const formats = symbol === 'bars' ? ['EAN13', 'EAN8', 'UPCA', 'Code128'] : ['DataMatrix', 'QRCode'];
    const options = { formats, textMode: 'Plain', tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true, maxNumberOfSymbols: 1 };
    const text = (one) => (one.text.length === 12 && /UPC-?A/i.test(one.format) ? `0${one.text}` : one.text);
    return async () => (await zxing.readBarcodes(image, options)).map(text);
  };
}

(async () => {
  const [out, modules, ...folders] = process.argv.slice(2);
  const readers = [['ours wasm, node', await ours(modules), LOOKS], ['zxing-wasm', theirs(), 1]];
  const outcomes = [];
  for (const folder of folders) {
    const corpus = path.basename(folder).split('-')[0];
    for (const entry of JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json')))) {
      const { data, width, height } = PNG.sync.read(fs.readFileSync(path.join(folder, entry.file)));
      const image = { data: new Uint8ClampedArray(data), width, height };
      for (const [dec, prepare, looks] of readers) {
        // The first calls compile.
        for (let calls = outcomes.length < 20 ? 5 : 0; calls > 0; calls--) await timed(prepare(image, entry.sym, 0));
        for (let look = 0; look < looks; look++) {
          const outcome = await timed(prepare(image, entry.sym, look));
          outcomes.push({ dec, corpus, cls: entry.cls, sym: entry.sym, clip: entry.clip, want: entry.text, ...outcome });
          if (outcome.got.length > 0) break;
        }
      }
    }
    console.log('read', folder);
  }
  fs.writeFileSync(out, JSON.stringify(outcomes));
})();
