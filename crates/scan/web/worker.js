/**
 * Reads symbols away from the page's main thread.
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
 * The page sends one of these, each with an `id` of its choice; frames, bitmaps and buffers go by transfer:
 *
 *     { id, frame: VideoFrame }                   of a camera; its levels are taken as they are, then it is closed
 *     { id, bitmap: ImageBitmap }                 drawn here to get its pixels, then closed
 *     { id, frame: ArrayBuffer, width, height }   pixels of an ImageData (RGBA, 4 · width · height bytes)
 *     { id, file: ArrayBuffer }                   a picture file, as chosen by a person
 *
 * With a VideoFrame or a bitmap may come `crop: { x, y, width, height }`, the part to look at, and with each of the first
 * three `scale`, the whole number of pixels to take as one: for a symbol that fills the view.
 *
 * `effort: "picture"` may be added to a bitmap or a buffer that will not be followed by another, such as a photo: it is
 * then looked at for longer and has nothing to do with what the camera shows. A file always is.
 *
 * All others are frames of a camera: what they show adds up, until the page sends
 *
 *     { reset: true }                             which has no answer
 *
 * Each message with an id gets exactly one answer:
 *
 *     { id, found: [{ text, gs1, symbology, corners }], ms }            to a picture
 *     { id, found, seen: [{ symbology, corners, module, sharpness, contrast, glare }], light, glare, ms }   to a frame
 *     { id, found: [], seen: [], dropped: true }                        to a frame that a newer one overtook
 *     { id, found: [], ms, error }
 *
 * `text` holds U+001D where FNC1 separates elements and no symbology identifier; `gs1` says whether FNC1 stands first;
 * `symbology` is "data_matrix", "qr", "code_128", "ean_13" (also for UPC-A, with a leading 0) or "ean_8"; `corners` are four
 * [x, y] in pixels of what was sent, the whole of it (of a file: as it is shown). `seen` are symbols in view that could not
 * be read: `module` is in pixels, the others are from 0 to 1. `light` is the mean level, 0 to 255, `glare` the share of the
 * middle that is burnt out. `ms` is the time spent here. `error` is "unknown_format", "too_large" or "damaged" for a file,
 * "bad_message" for a message that is none of the above, "stopped" if reading ended by a fault, after which the worker
 * restarts by itself.
 *
 * Messages that came before the module was loaded are answered after it. Pictures wait for their turn; of frames only the
 * newest waits, whatever the page's pace.
 */

/** Longest side at which a picture file is drawn: enough for a symbol that fills a tenth of it. */
const MAX_SIDE = 4096;

/** Formats of a VideoFrame whose first plane is the levels, one byte a pixel. */
const LUMA_FIRST = new Set(["I420", "I420A", "I422", "I422A", "I444", "I444A", "NV12", "NV12A"]);
/** Formats of four bytes a pixel, and whether blue stands where a canvas has red. */
const INTERLEAVED = new Map([["RGBA", false], ["RGBX", false], ["BGRA", true], ["BGRX", true]]);

let canvas;
/** The module, its memory, and the camera in it that remembers earlier frames. */
let scan;
let memory;
let camera;
let restarts = 0;

/** What has not been looked at yet, oldest first. */
const waiting = [];
let working = false;
/** A message to ourselves arrives behind all that the page has sent by then. */
const hop = new MessageChannel();

self.onmessage = ({ data }) => {
  if (isFrame(data)) {
    const overtaken = waiting.findIndex(isFrame);
    if (overtaken >= 0) {
      drop(...waiting.splice(overtaken, 1));
    }
  }
  waiting.push(data);
  work();
};

working = true;
start().then(() => {
  working = false;
  work();
});

async function start() {
  try {
    // A module that has trapped cannot be used again, nor loaded again under the same address.
    const module = await import(restarts === 0 ? "./scan.js" : `./scan.js?restart=${restarts}`);
    ({ memory } = await module.default());
    scan = module;
    camera = new scan.Camera();
    self.postMessage({ ready: true });
  } catch (error) {
    scan = undefined;
    camera = undefined;
    self.postMessage({ ready: false, error: String(error) });
  }
}

async function work() {
  if (working) {
    return;
  }
  working = true;
  while (waiting.length > 0) {
    await arrivals();
    await answer(waiting.shift());
  }
  working = false;
}

/** Lets newer frames in before the next one is taken: while the module works nothing arrives. */
function arrivals() {
  return new Promise((resolve) => {
    hop.port1.onmessage = resolve;
    hop.port2.postMessage(null);
  });
}

function isFrame(message) {
  const shown = message?.frame instanceof ArrayBuffer || isVideoFrame(message?.frame) || message?.bitmap instanceof ImageBitmap;
  return shown && message.effort !== "picture";
}

/** Not every browser that runs this has the class. */
function isVideoFrame(value) {
  return typeof VideoFrame !== "undefined" && value instanceof VideoFrame;
}

function drop(message) {
  close(message);
  self.postMessage({ id: message.id, found: [], seen: [], dropped: true });
}

/** Gives a frame's memory back: a camera has few, and stops when they are all out. */
function close(message) {
  for (const held of [message?.frame, message?.bitmap]) {
    if (typeof held?.close === "function") {
      held.close();
    }
  }
}

async function answer(message) {
  if (message?.reset === true) {
    camera?.reset();
    return;
  }
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
  } finally {
    close(message);
  }
  self.postMessage({ id: message?.id, ...result, ms: performance.now() - begin });
}

async function read(message) {
  if (message?.file instanceof ArrayBuffer) {
    return readFile(message.file);
  }
  if (isVideoFrame(message?.frame)) {
    return seeVideoFrame(message.frame, message.crop, message.scale);
  }
  if (message?.bitmap instanceof ImageBitmap) {
    const part = within(message.crop, message.bitmap);
    const { data } = pixels(message.bitmap, part, part.width, part.height);
    return isFrame(message) ? seePixels(data, part, message.scale) : shifted(readPicture(data, part), part);
  }
  if (message?.frame instanceof ArrayBuffer) {
    const part = { x: 0, y: 0, width: message.width, height: message.height };
    const data = new Uint8Array(message.frame);
    return isFrame(message) ? seePixels(data, part, message.scale) : readPicture(data, part);
  }
  return { found: [], error: "bad_message" };
}

/** The camera's own bytes, copied once: from the frame into the module's memory. */
async function seeVideoFrame(frame, crop, scale) {
  const swapped = INTERLEAVED.get(frame.format);
  if (swapped === undefined && !LUMA_FIRST.has(frame.format)) {
    return seeDrawn(frame, crop, scale);
  }
  const { x: left, y: top, width, height } = frame.visibleRect;
  const part = within(crop, { width, height });
  const options = { rect: { x: left + part.x, y: top + part.y, width: part.width, height: part.height } };
  const size = frame.allocationSize(options);
  await frame.copyTo(room(size), options);
  const look = swapped === undefined
    ? camera.see_luma(part.width, part.height, factor(scale))
    : camera.see_rgba(part.width, part.height, factor(scale), swapped);
  return shifted(JSON.parse(look), part);
}

/** A frame in a form that only the browser knows. */
function seeDrawn(frame, crop, scale) {
  const part = within(crop, { width: frame.displayWidth, height: frame.displayHeight });
  return seePixels(pixels(frame, part, part.width, part.height).data, part, scale);
}

/** Looks at RGBA bytes. */
function seePixels(data, part, scale) {
  room(data.length).set(data);
  return shifted(JSON.parse(camera.see_rgba(part.width, part.height, factor(scale), false)), part);
}

/** Where the camera takes a frame's bytes from. Making room may move the module's memory, so that comes first. */
function room(length) {
  const address = camera.input(length);
  return new Uint8Array(memory.buffer, address, length);
}

function factor(scale) {
  return Number.isInteger(scale) && scale > 1 ? scale : 1;
}

/** The part to look at, cut to what there is; it begins at even pixels, as colour planes of half the size do. */
function within(crop, { width, height }) {
  if (!crop) {
    return { x: 0, y: 0, width, height };
  }
  const even = (value, limit) => Math.max(0, Math.min(Math.floor(value / 2) * 2, limit));
  const [x, y] = [even(crop.x, width), even(crop.y, height)];
  return { x, y, width: Math.min(even(crop.width, width), width - x), height: Math.min(even(crop.height, height), height - y) };
}

/** Places of a part as places of the whole. */
function shifted(result, { x, y }) {
  for (const symbol of [...result.found, ...(result.seen ?? [])]) {
    symbol.corners = symbol.corners.map((corner) => [corner[0] + x, corner[1] + y]);
  }
  return result;
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
  const whole = { x: 0, y: 0, width: bitmap.width, height: bitmap.height };
  const drawn = pixels(bitmap, whole, Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  bitmap.close();
  const result = readPicture(drawn.data, drawn);
  for (const found of result.found) {
    found.corners = found.corners.map(([x, y]) => [x / scale, y / scale]);
  }
  return result;
}

function readPicture(data, { width, height }) {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return JSON.parse(scan.read_picture(width, height, bytes));
}

function pixels(image, part, width, height) {
  if (!canvas || canvas.width !== width || canvas.height !== height) {
    canvas = new OffscreenCanvas(width, height);
  }
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.clearRect(0, 0, width, height);
  context.drawImage(image, part.x, part.y, part.width, part.height, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
