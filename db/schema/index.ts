export * from "./approval.ts";
export * from "./contact.ts";
export * from "./event.ts";
export * from "./flow.ts";
export * from "./message.ts";
<<<<<<< Updated upstream
export * from "./notification.ts";
=======
export * from "./opt-in.ts";
>>>>>>> Stashed changes
export * from "./pace.ts";
export * from "./sample.ts";
export * from "./template-version.ts";
export * from "./worker.ts";
export * from "./workspace.ts";
