// Real servers for browser tests: `tanba` on a folder of its own, and workerd through wrangler with the built app.

import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, cpSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { end, freePort } from './processes.mjs';

const root = resolve(import.meta.dirname, '../..');
const tanba = process.env.TANBA_BIN ?? join(root, 'target/debug/tanba');
const site = process.env.TANBA_SITE ?? join(root, 'target/web/app');
const edgeFolder = process.env.TANBA_EDGE ?? join(root, 'edge');
const wrangler = process.env.TANBA_WRANGLER ?? join(root, 'node_modules/.bin/wrangler');

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

async function answers(url, child, log) {
  for (let tries = 0; tries < 1200; tries++) {
    if (child.exitCode !== null) break;
    if (await fetch(url).then((answer) => answer.ok, () => false)) return;
    await sleep(100);
  }
  throw new Error(`${url} does not answer; the log says:\n${readFileSync(log, 'utf8')}`);
}

function start(program, args, options, log) {
  const file = openSync(log, 'a');
  return spawn(program, args, { ...options, stdio: ['ignore', file, file], detached: true });
}

/** Starts backend and edge with demo data. `stopBackend` and `startBackend` take the backend away and give it back. */
export async function startServers() {
  const begun = { stop: async () => {} };
  try {
    return await startInto(begun);
  } catch (error) {
    // What is left running would hold the test run.
    await begun.stop();
    throw error;
  }
}

async function startInto(servers) {
  const folder = mkdtempSync(join(tmpdir(), 'tanba-browser-'));
  const at = (name) => join(folder, name);
  const backendPort = await freePort();
  const backend = `http://127.0.0.1:${backendPort}`;
  Object.assign(servers, { folder, backend });
  const serve = ['serve', '--data', at('backend'), '--listen', `127.0.0.1:${backendPort}`];
  serve.push('--demo-accounts', at('accounts.json'));

  let backendChild;
  const edges = [];
  servers.stop = async () => {
    for (const edge of edges) await end(edge);
    await end(backendChild);
    rmSync(folder, { recursive: true, force: true });
  };
  servers.startBackend = async () => {
    backendChild = start(tanba, serve, { cwd: folder }, at('backend.log'));
    await answers(`${backend}/api/v1/health`, backendChild, at('backend.log'));
  };
  servers.stopBackend = () => end(backendChild);
  await servers.startBackend();

  execFileSync(tanba, ['keys', 'edge', '--data', at('backend'), '--out', at('edge.vars')]);
  /** Starts an edge that serves an app, on the backend that they all share; its address. */
  servers.serve = async (app, name) => {
    const port = await freePort();
    cpSync(app, at(`${name}-site`), { recursive: true });
    cpSync(at('demo'), at(`${name}-site/demo`), { recursive: true });
    const child = start(
      wrangler,
      [
        'dev', '--local', '--ip', '127.0.0.1', '--inspector-port', '0', '--port', `${port}`,
        '--show-interactive-dev-session', 'false', '--var', `BACKEND_URL:${backend}`, '--var', 'PROJECTION_SECONDS:1',
        '--config', join(edgeFolder, 'wrangler.toml'), '--env-file', at('edge.vars'), '--assets', at(`${name}-site`),
        '--persist-to', at(name),
      ],
      {
        cwd: edgeFolder,
        env: { ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' },
      },
      at(`${name}.log`),
    );
    edges.push(child);
    const address = `http://127.0.0.1:${port}`;
    await answers(`${address}/v1/health`, child, at(`${name}.log`));
    return address;
  };
  execFileSync(tanba, [
    'demo', '--backend', backend, '--accounts', at('accounts.json'), '--out', at('demo'), '--codes', at('demo.json'),
  ]);
  servers.edge = await servers.serve(site, 'edge');

  servers.demo = JSON.parse(readFileSync(at('demo.json'), 'utf8'));
  servers.accounts = JSON.parse(readFileSync(at('accounts.json'), 'utf8'));
  return servers;
}
