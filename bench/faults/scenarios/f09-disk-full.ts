import { setTimeout as delay } from "node:timers/promises";
import { defineFault, type FaultBench } from "../contract.ts";
import { SmallDisk, whyNoSmallDisk } from "../stack/small-disk.ts";

const megabytes = 120;
const kilobytesLeft = 64;
const fullMs = 5_000;

const disks = new Map<string, SmallDisk>();

/** The disk under the database is full: no event may be called stored that is not, and with room again everything goes on. */
export const diskFull = defineFault({
  id: "F9",
  title: "the database's disk is full for five seconds",
  skip: whyNoSmallDisk,
  allows: { unknown: true, flaggedDuplicates: true },
  prepare: async (bench) => {
    const { stack } = bench;
    const disk = await SmallDisk.open(megabytes);
    disks.set(stack.databaseName, disk);
    await stack.postgres.ask("postgres", `create tablespace ${spaceOf(bench)} location '${disk.folder}'`);
    // Nobody may be connected while a database moves; our own pool comes back by itself.
    await stack.postgres.endSessions("chasqui-harness%");
    await stack.postgres.ask("postgres", `alter database ${stack.databaseName} set tablespace ${spaceOf(bench)}`);
  },
  inject: async ({ stack, note }) => {
    const disk = disks.get(stack.databaseName);
    if (!disk) throw new Error("There is no small disk.");
    disk.fill(kilobytesLeft);
    const refusals = () => stack.logOf(stack.door).split("No space left").length - 1;
    await delay(fullMs);
    disk.empty();
    note("refusals logged", refusals());
    await stack.until("the door is open again", () => stack.isDoorOpen(), 15_000);
  },
  cleanUp: async (bench) => {
    const { stack } = bench;
    await stack.postgres.endSessions("chasqui-%");
    await stack.postgres.ask("postgres", `alter database ${stack.databaseName} set tablespace pg_default`);
    await stack.postgres.ask("postgres", `drop tablespace if exists ${spaceOf(bench)}`);
    await disks.get(stack.databaseName)?.close();
    disks.delete(stack.databaseName);
  },
});

const spaceOf = ({ stack }: FaultBench): string => `space_${stack.databaseName}`;
