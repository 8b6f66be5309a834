/**
 * The platform's own reader of codes, away from the page's main thread. A module worker; it says, where the platform reads
 * one of the formats,
 *
 *     { found: [] }
 *
 * once when it is ready, and to each VideoFrame that it is sent then
 *
 *     { found: [{ text, gs1, symbology, corners }] }
 *
 * in the words of the scanner's worker. What it says is a proposal: phones differ in what they make of FNC1.
 */

const SYMBOLOGIES = { data_matrix: "data_matrix", qr_code: "qr" };

const detector = await start();
if (detector) {
  self.onmessage = async ({ data: frame }) => self.postMessage({ found: await read(frame) });
  self.postMessage({ found: [] });
}

async function start() {
  try {
    const supported = await BarcodeDetector.getSupportedFormats();
    const formats = Object.keys(SYMBOLOGIES).filter((format) => supported.includes(format));
    return formats.length > 0 ? new BarcodeDetector({ formats }) : undefined;
  } catch {
    return undefined;
  }
}

async function read(frame) {
  try {
    const bitmap = await createImageBitmap(frame);
    // A camera has few frames: this one goes back before the reader begins.
    frame.close();
    const found = await detector.detect(bitmap);
    bitmap.close();
    return found.filter(({ format }) => format in SYMBOLOGIES).map(({ rawValue, format, cornerPoints }) => ({
      text: rawValue,
      gs1: false,
      symbology: SYMBOLOGIES[format],
      corners: cornerPoints.slice(0, 4).map(({ x, y }) => [x, y]),
    }));
  } catch {
    frame.close();
    return [];
  }
}
