/** Drives the web view of a program that draws with WebKitGTK, over its inspector's WebSocket. */

import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';

/** How long a page may take to be there, or to become what it is to be. */
const PATIENCE_MS = 30_000;

/** Asks again and again until there is an answer. */
export async function until(ask, what) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`it never came to this: ${what}`);
    await sleep(50);
  }
}

/** The page of a program that was started with `WEBKIT_INSPECTOR_HTTP_SERVER=127.0.0.1:<port>`. */
export async function connect(port) {
  const path = await until(async () => {
    const list = await fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text(), () => '');
    return /'(\/socket\/\d+\/\d+\/WebPage)'/.exec(list)?.[1];
  }, 'a page is there');
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  await new Promise((done, failed) => Object.assign(socket, { onopen: done, onerror: failed }));
  const waiting = new Map();
  let [id, target] = [0, undefined];
  const settle = ({ id, result, error }) => {
    const [done, failed] = waiting.get(id) ?? [];
    waiting.delete(id);
    if (error) failed?.(new Error(error.message));
    else done?.(result);
  };
  socket.onmessage = ({ data }) => {
    const { method, params, ...rest } = JSON.parse(data);
    if (method === 'Target.targetCreated' && params.targetInfo.type === 'page') target = params.targetInfo.targetId;
    if (method === 'Target.dispatchMessageFromTarget') settle(JSON.parse(params.message));
    if (rest.error) settle(rest);
  };
  await until(() => target, 'the page tells its name');
  const call = (method, params) =>
    new Promise((done, failed) => {
      id += 1;
      waiting.set(id, [done, failed]);
      const message = JSON.stringify({ id, method, params });
      socket.send(JSON.stringify({ id: id + 1_000_000, method: 'Target.sendMessageToTarget', params: { targetId: target, message } }));
    });
  /** What an expression is worth in the page; a promise is waited for. */
  const evaluate = async (expression) => {
    const whole = `(async () => JSON.stringify({ value: await (${expression}) }))()`;
    const { result } = await call('Runtime.evaluate', { expression: whole });
    const { result: awaited, wasThrown } = await call('Runtime.awaitPromise', { promiseObjectId: result.objectId, returnByValue: true });
    if (wasThrown) throw new Error(`${expression}: ${awaited.description}`);
    return JSON.parse(awaited.value).value;
  };
  return {
    evaluate,
    /** Waits until an expression is worth something; a page that is being loaded knows none of them. */
    until: async (expression) => {
      let error;
      const ask = () => evaluate(expression).catch((reason) => void (error = reason));
      return until(ask, expression).catch((reason) => Promise.reject(new Error(reason.message, { cause: error })));
    },
    /** Bytes of a PNG of what is seen. */
    picture: async () => {
      const [width, height] = await evaluate('[innerWidth, innerHeight]');
      const { dataURL } = await call('Page.snapshotRect', { x: 0, y: 0, width, height, coordinateSystem: 'Viewport' });
      return Buffer.from(dataURL.split(',')[1], 'base64');
    },
    close: () => socket.close(),
  };
}
