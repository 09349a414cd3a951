import { readEnv } from "#server/env.ts";
import { createLog } from "#server/log.ts";
import { startDoor } from "./start-door.ts";

const log = createLog("door");
try {
  const env = readEnv(process.env);
  const door = await startDoor(env, log);
  log.info({ port: door.port, host: env.host }, "door is open");
  const stop = async () => {
    await door.close();
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
} catch (error) {
  log.fatal({ error: error instanceof Error ? error.message : String(error) }, "the door cannot open");
  process.exit(1);
}
