export * from "./contact.ts";
export * from "./event.ts";
export * from "./flow.ts";
export * from "./message.ts";
export * from "./pace.ts";
export * from "./sample.ts";
export * from "./worker.ts";
export * from "./workspace.ts";
