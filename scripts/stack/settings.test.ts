import { expect, test } from "vitest";
import { readSettings } from "./settings.ts";

test.each([
  ["nothing is set: this machine only, embedded database", {}, true],
  ["set to nothing is as unset", { CHASQUI_DEMO: "", PORT: "" }, true],
  ["others can reach it", { CHASQUI_HOST: "0.0.0.0" }, false],
  ["an own database may hold real people", { DATABASE_URL: "postgres://db/chasqui" }, false],
  ["switched off", { CHASQUI_DEMO: "0" }, false],
  ["switched on in spite of an own database", { CHASQUI_DEMO: "1", DATABASE_URL: "postgres://db/chasqui" }, true],
])("whether the demo is there: %s", (_, source, isDemo) => {
  expect(readSettings(source)).toMatchObject({ isDemo, port: 3000, doorPort: 3200, sandboxPort: 3100 });
});

test.each([
  ["a port that is no number", { PORT: "web" }, 'PORT must be a port from 1 to 65535, not "web".'],
  ["a port that cannot be", { DOOR_PORT: "70000" }, 'DOOR_PORT must be a port from 1 to 65535, not "70000".'],
  ["one port for two", { PORT: "3200" }, "PORT and DOOR_PORT are both 3200; give each its own port."],
  [
    "an address of another database",
    { DATABASE_URL: "mysql://x" },
    "DATABASE_URL must look like postgres://user:password@host:5432/database.",
  ],
  ["too many workers", { CHASQUI_WORKERS: "1000" }, /CHASQUI_WORKERS/],
  ["a weak secret", { CHASQUI_SECRET: "secret" }, /CHASQUI_SECRET must be 64 hex digits/],
])("%s is refused in a sentence that names the variable", (_, source, sentence) => {
  expect(() => readSettings(source)).toThrow(sentence);
});

test("an unknown flag is refused", () =>
  expect(() => readSettings({}, ["--devel"])).toThrow(/--devel is not understood/));
