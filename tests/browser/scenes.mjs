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

const drawn = (svg) => `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;

/** What a lamp leaves of what it shines on. */
export const shine = drawn('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path fill="#fff" d="M0 0h1v1H0z"/></svg>');

/** An EAN-13 (ISO/IEC 15420) of thirteen digits, 113 modules wide with its quiet zones. */
export function ean13(digits) {
  const odd = ['0001101', '0011001', '0010011', '0111101', '0100011', '0110001', '0101111', '0111011', '0110111', '0001011'];
  const right = odd.map((modules) => modules.replaceAll(/[01]/g, (module) => 1 - module));
  const even = right.map((modules) => [...modules].reverse().join(''));
  const sets = ['000000', '001011', '001101', '001110', '010011', '011001', '011100', '010101', '010110', '011010'][digits[0]];
  const half = (from, table) => [...digits.slice(from, from + 6)].map((digit, at) => table(at)[digit]).join('');
  const modules = `101${half(1, (at) => (sets[at] === '1' ? even : odd))}01010${half(7, () => right)}101`;
  const bars = [...modules.matchAll(/1+/g)].map(({ index, 0: bar }) => `M${9 + index} 5h${bar.length}v60h-${bar.length}z`);
  return drawn(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 113 70"><path d="${bars.join('')}"/></svg>`);
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
