// Loaded into every process we start (node --import): ends it when the process that started it is gone. A start that is killed
// with -9 can stop nobody any more, so each child watches the channel between them instead.
if (process.channel && process.env.CHASQUI_LEASH) {
  process.on("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    // Longer than a worker may take to finish its calls.
    setTimeout(() => process.exit(1), 22_000).unref();
  });
  // Watching must not keep a process alive that has nothing else to do.
  process.channel.unref();
}
// Its own children inherit this file but must not be held by it: Next's workers live by their channel.
delete process.env.CHASQUI_LEASH;
