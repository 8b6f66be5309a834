// Scenes for the camera: symbols laid on a table, filmed frame by frame.

import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const golden = resolve(import.meta.dirname, '../golden/scan');

/** A symbol of the golden set, as a data: address. */
export const goldenSymbol = (name) => `data:image/png;base64,${readFileSync(join(golden, `${name}.png`)).toString('base64')}`;

/** The label of a demo code, as a data: address. */
export function demoLabel(servers, { image }) {
  return `data:image/svg+xml;base64,${readFileSync(join(servers.folder, 'demo', image)).toString('base64')}`;
}

const svg = (content, box) =>
  `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}">${content}</svg>`).toString('base64')}`;

/** Light thrown back by film, white and without an edge. */
export const shine = svg('<rect width="10" height="10" fill="#fff"/>', '0 0 10 10');

/** An EAN-13 symbol (GS1 General Specifications, 5.2.1), as a data: address. */
export function ean13(number) {
  const odd = ['0001101', '0011001', '0010011', '0111101', '0100011', '0110001', '0101111', '0111011', '0110111', '0001011'];
  const right = (digit) => [...odd[digit]].map((bit) => 1 - bit).join('');
  const even = (digit) => [...right(digit)].reverse().join('');
  const parity = ['000000', '001011', '001101', '001110', '010011', '011001', '011100', '010101', '010110', '011010'][number[0]];
  const left = [...number.slice(1, 7)].map((digit, at) => (parity[at] === '1' ? even(digit) : odd[digit])).join('');
  const bits = `101${left}01010${[...number.slice(7)].map(right).join('')}101`;
  const bars = [...bits].map((bit, at) => (bit === '1' ? `<rect x="${at + 11}" y="20" width="1" height="70"/>` : ''));
  return svg(bars.join(''), '0 0 113 113');
}

/**
 * Films things lying before the camera; writes .mjpeg. Each thing is `{ image, x, y, side }`, x and y its middle in pixels
 * of the frame. `sway` is how far all of it moves to and fro, `filter` what the camera does to it.
 */
export async function shoot(browser, out, things, { sway = 6, filter = 'none', frames = 8, width = 1280, height = 720 } = {}) {
  const page = await browser.newPage({ viewport: { width, height } });
  const images = things.map(({ image, x, y, side }) => {
    const place = `left:${x - side / 2}px;top:${y - side / 2}px;width:${side}px;height:${side}px`;
    return `<img alt="" src="${image}" style="${place}">`;
  });
  await page.setContent(`<style>
    html { background: #000 }
    body { margin: 0; width: 100vw; height: 100vh; overflow: hidden; filter: ${filter};
      background: repeating-linear-gradient(92deg,#b8946c 0 7px,#b08c65 7px 11px) }
    main { position: absolute; inset: 0 }
    img { position: absolute; box-sizing: border-box; padding: 6px; background: #fff; object-fit: contain }
  </style><main>${images.join('')}</main>`);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  const jpegs = [];
  for (let frame = 0; frame < frames; frame++) {
    const turn = (frame / frames) * 2 * Math.PI;
    await page.evaluate(([x, y]) => {
      document.querySelector('main').style.transform = `translate(${x}px, ${y}px)`;
    }, [Math.sin(turn) * sway, Math.cos(turn) * sway]);
    jpegs.push(await page.screenshot({ type: 'jpeg', quality: 88 }));
  }
  await page.close();
  writeFileSync(out, Buffer.concat(jpegs));
}
