// A film of a printed label: the label sheet as the backend prints it, cut, laid on a carton box and moved before the camera.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Pages of a PDF as PNG files; needs poppler's pdftoppm. */
export function pages(pdf, folder) {
  const file = join(folder, 'labels.pdf');
  writeFileSync(file, pdf);
  execFileSync('pdftoppm', ['-r', '300', '-png', '-f', '1', '-l', '1', file, join(folder, 'page')]);
  return execFileSync('sh', ['-c', `ls ${JSON.stringify(folder)}/page*.png`], { encoding: 'utf8' }).trim().split('\n');
}

const box = 'repeating-linear-gradient(92deg,#a8845c 0 7px,#a07c55 7px 11px),#a5815a';

/** Films an image (a data: address) moving slowly before the camera; writes .mjpeg. */
export async function film(browser, image, out, { width = 1280, height = 720, frames = 24, filter = 'none', shift = 0 } = {}) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(`<style>
    body { margin: 0; height: 100vh; overflow: hidden; background: ${box}; perspective: 1400px; display: grid; place-items: center }
    img { height: 78vh; box-shadow: 0 6px 22px #0007; background: #fff; will-change: transform; filter: ${filter} }
    body::after { content: ''; position: fixed; inset: 0; background: radial-gradient(circle at 30% 20%, #fff3, #0004) }
  </style><img alt="">`);
  await page.evaluate((src) => {
    const image = document.querySelector('img');
    image.src = src;
    return image.decode();
  }, image);
  const jpegs = [];
  for (let frame = 0; frame < frames; frame++) {
    const turn = (frame / frames) * 2 * Math.PI;
    await page.evaluate(
      ([x, y, rotate, tilt]) => {
        document.querySelector('img').style.transform =
          `translate(${x}px, ${y}px) rotateX(${tilt}deg) rotateY(${-tilt}deg) rotate(${rotate}deg)`;
      },
      [shift + Math.sin(turn) * 24, Math.cos(turn) * 14, 4 + Math.sin(turn) * 3, 8 + Math.cos(turn) * 4],
    );
    jpegs.push(await page.screenshot({ type: 'jpeg', quality: 82 }));
  }
  await page.close();
  writeFileSync(out, Buffer.concat(jpegs));
}

/** Cuts the first label out of a page of labels, as a data: address. `label` is its rectangle in parts of the page. */
export async function cutLabel(browser, png, label) {
  const page = await browser.newPage();
  const address = `data:image/png;base64,${readFileSync(png).toString('base64')}`;
  const cut = await page.evaluate(
    async ([src, { left, top, width, height }]) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width * width;
      canvas.height = image.height * height;
      const from = [image.width * left, image.height * top, canvas.width, canvas.height];
      canvas.getContext('2d').drawImage(image, ...from, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL('image/png');
    },
    [address, label],
  );
  await page.close();
  return cut;
}
