// The app as a program of its own, before a screen that nobody looks at.

import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { end, freePort } from './processes.mjs';
import { connect } from './web-view.mjs';

const app = process.env.TANBA_SHELL ?? join(resolve(import.meta.dirname, '../..'), 'target/debug/app');

/** Starts a screen; `display` is its name. */
export async function startScreen() {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '800x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const [number] = await new Promise((done, failed) => {
    child.stdio[3].once('data', (bytes) => done(String(bytes).split('\n')));
    child.once('error', failed).once('exit', () => failed(new Error('Xvfb ended')));
  });
  return { display: `:${number}`, stop: () => end(child) };
}

/** Starts the app with what it kept in a folder, on a service's address; gives its web view. */
export async function startProgram({ screen, folder, service, language = 'kk_KZ.UTF-8' }) {
  const port = await freePort();
  const at = (name) => {
    mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
    return join(folder, name);
  };
  const log = join(at('.'), 'app.log');
  const file = openSync(log, 'a');
  const child = spawn(app, [], {
    stdio: ['ignore', file, file],
    detached: true,
    env: {
      PATH: process.env.PATH,
      DISPLAY: screen.display,
      GDK_BACKEND: 'x11',
      HOME: at('home'),
      XDG_DATA_HOME: at('data'),
      XDG_RUNTIME_DIR: at('run'),
      LANG: language,
      LIBGL_ALWAYS_SOFTWARE: '1',
      WEBKIT_INSPECTOR_HTTP_SERVER: `127.0.0.1:${port}`,
      TANBA_URL: service,
    },
  });
  try {
    const view = await connect(port);
    await view.until("document.querySelector('h1') !== null");
    const stop = async () => {
      view.close();
      await end(child);
    };
    return { ...view, stop };
  } catch (error) {
    await end(child);
    throw new Error(`${error.message}; the log says:\n${readFileSync(log, 'utf8')}`);
  }
}
