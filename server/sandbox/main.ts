import { readEnv } from "../env.ts";
import { createLog } from "../log.ts";
import { sandboxIdentity } from "./identity.ts";
import { startSandbox } from "./server.ts";

const log = createLog("sandbox");
const env = readEnv(process.env);

const identity = sandboxIdentity(env.secret);
const running = await startSandbox({
  host: env.host,
  port: env.sandboxPort,
  home: env.home,
  identity,
  // Another installation gives out other ids.
  seed: identity.phoneNumberId,
}).catch((error: unknown) => {
  log.fatal({ err: error, port: env.sandboxPort }, "The sandbox could not start");
  process.exit(1);
});
log.info({ url: running.url, messages: running.sandbox.world.log.length }, "Sandbox is ready");

let isClosing = false;
async function stop(): Promise<void> {
  if (isClosing) return;
  isClosing = true;
  await running.close();
  process.exit(0);
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
