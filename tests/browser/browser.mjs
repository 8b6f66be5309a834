// Debian's Chromium with a camera that shows a film.

import { chromium } from 'playwright-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const executablePath = process.env.TANBA_CHROMIUM ?? '/usr/bin/chromium';

const quiet = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
];

/** A browser; `film` is an .mjpeg file that its camera shows over and over. */
export function launch(film) {
  const camera = film
    ? ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`]
    : [];
  return chromium.launch({ executablePath, args: [...quiet, ...camera] });
}

/** A phone with its own profile: 360 pixels wide, in the given language. */
export async function phone(browser, { language = 'en', dark = false, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    locale: { kk: 'kk-KZ', ru: 'ru-KZ', en: 'en-GB' }[language],
    timezoneId: 'Asia/Almaty',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(30_000);
  return context;
}

/** A folder for a test's files, and how to remove it. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), 'tanba-film-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
