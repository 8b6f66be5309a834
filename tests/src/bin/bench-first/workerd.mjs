// The Worker in workerd without the development server of wrangler, whose proxies and log lines take several times as long
// as a check: node workerd.mjs PORT VARIABLES BACKEND
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as optionsOf } from "wrangler";

const [, , port, variables, backend] = process.argv;
const edge = fileURLToPath(new URL("../../../../edge", import.meta.url));
const secrets = Object.fromEntries(
  readFileSync(variables, "utf8")
    .split("\n")
    .filter((line) => line.includes("="))
    .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
);
const { assets, ...options } = optionsOf(`${edge}/wrangler.toml`).workerOptions;
const server = new Miniflare({
  ...options,
  host: "127.0.0.1",
  port: Number(port),
  cf: false,
  bindings: { ...options.bindings, ...secrets, BACKEND_URL: backend },
  modulesRoot: `${edge}/build`,
  modules: [
    { type: "ESModule", path: `${edge}/build/worker/shim.mjs` },
    { type: "ESModule", path: `${edge}/build/index.js` },
    { type: "CompiledWasm", path: `${edge}/build/index_bg.wasm` },
  ],
});
await server.ready;
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, async () => {
    await server.dispose();
    process.exit(0);
  });
}
