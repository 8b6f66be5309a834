/**
 * Reads DataMatrix and QR symbols away from the page's main thread.
 *
 * A module worker: `new Worker("/scan/worker.js", { type: "module" })`. Beside it lie `scan.js` and `scan_bg.wasm`, made
 * from the `scan` crate by `wasm-bindgen --target web --out-name scan`.
 *
 * The worker says, once it can read:
 *
 *     { ready: true }
 *
 * or, if the module cannot be loaded or does not come back after a fault:
 *
 *     { ready: false, error: "<what the browser said>" }
 *
 * The page sends one of these, each with an `id` of its choice; buffers and bitmaps go by transfer:
 *
 *     { id, frame: ArrayBuffer, width, height }   pixels of an ImageData (RGBA, 4 · width · height bytes)
 *     { id, bitmap: ImageBitmap }                 drawn here to get its pixels, then closed
 *     { id, file: ArrayBuffer }                   a picture file, as chosen by a person
 *
 * `effort: "picture"` may be added to a frame or a bitmap that will not be followed by another, such as a photo: it is
 * then looked at for longer. A file always is.
 *
 * Each message gets exactly one answer, in the order in which they came:
 *
 *     { id, found: [{ text, gs1, symbology, corners }], ms }
 *     { id, found: [], ms, error }
 *
 * `text` holds U+001D where FNC1 separates elements and no symbology identifier; `gs1` says whether FNC1 stands first;
 * `symbology` is "data_matrix" or "qr"; `corners` are four [x, y] in pixels of what was sent (of a file: as it is shown);
 * `ms` is the time spent here. `error` is "unknown_format", "too_large" or "damaged" for a file, "bad_message" for a
 * message that is none of the above, "stopped" if reading ended by a fault, after which the worker restarts by itself.
 *
 * Messages that came before the module was loaded are answered after it. The worker drops nothing: a page that shows a
 * camera sends the next frame when the answer to the last one has come, or newer frames wait behind older ones.
 */

/** Longest side at which a picture file is drawn: enough for a symbol that fills a tenth of it. */
const MAX_SIDE = 4096;

let canvas;
let scan;
let restarts = 0;
let work = start();

self.onmessage = (event) => {
  work = work.then(() => answer(event.data));
};

async function start() {
  try {
    // A module that has trapped cannot be used again, nor loaded again under the same address.
    const module = await import(restarts === 0 ? "./scan.js" : `./scan.js?restart=${restarts}`);
    await module.default();
    scan = module;
    self.postMessage({ ready: true });
  } catch (error) {
    scan = undefined;
    self.postMessage({ ready: false, error: String(error) });
  }
}

async function answer(message) {
  const begin = performance.now();
  let result;
  try {
    result = await read(message);
  } catch (error) {
    result = { found: [], error: "stopped" };
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
      restarts += 1;
      await start();
    }
  }
  self.postMessage({ id: message?.id, found: result.found, ms: performance.now() - begin, error: result.error });
}

async function read(message) {
  if (message?.file instanceof ArrayBuffer) {
    return readFile(message.file);
  }
  const picture = message?.effort === "picture";
  if (message?.bitmap instanceof ImageBitmap) {
    const { data, width, height } = pixels(message.bitmap, message.bitmap.width, message.bitmap.height);
    message.bitmap.close();
    return readPixels(width, height, data, picture);
  }
  if (message?.frame instanceof ArrayBuffer) {
    return readPixels(message.width, message.height, new Uint8Array(message.frame), picture);
  }
  return { found: [], error: "bad_message" };
}

/** The browser knows more formats than the module, and which way a photo is turned; the module is there for the rest. */
async function readFile(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(new Blob([file]));
  } catch {
    return JSON.parse(scan.read_image(new Uint8Array(file)));
  }
  const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
  const drawn = pixels(bitmap, Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  bitmap.close();
  const result = readPixels(drawn.width, drawn.height, drawn.data, true);
  for (const found of result.found) {
    found.corners = found.corners.map(([x, y]) => [x / scale, y / scale]);
  }
  return result;
}

function readPixels(width, height, data, picture) {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return JSON.parse(picture ? scan.read_picture(width, height, bytes) : scan.read_rgba(width, height, bytes));
}

function pixels(bitmap, width, height) {
  if (!canvas || canvas.width !== width || canvas.height !== height) {
    canvas = new OffscreenCanvas(width, height);
  }
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.clearRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
