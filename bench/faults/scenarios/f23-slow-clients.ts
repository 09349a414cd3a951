import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";

const clients = 500;
const everyMs = 1_000;
/** Headers have 10 s, and the door looks once a second. */
const mostMs = 15_000;

/** Five hundred clients send their headers a byte a second: they are cut off, and nobody else notices. */
export const slowClients = defineFault({
  id: "F23",
  title: "500 clients that send a byte a second",
  isTimed: true,
  inject: async ({ stack, world, note }) => {
    const port = Number(new URL(stack.doorUrl).port);
    const paths = [`/hooks/meta/${world.channelId}/${world.hookToken}`, "/v1/track", "/v1/batch"];
    const sockets = Array.from({ length: clients }, (_, index) => drip(port, paths[index % paths.length] ?? "/"));
    const begun = performance.now();
    while (sockets.some((socket) => !socket.closed) && performance.now() - begun < mostMs) await delay(200);
    const left = sockets.filter((socket) => !socket.closed).length;
    note("cut off after", `${((performance.now() - begun) / 1000).toFixed(1)} s`);
    for (const socket of sockets) socket.destroy();
    if (left > 0) throw new Error(`${left} slow clients were still connected after ${mostMs / 1000} s.`);
  },
  expect: (_, { events }) => {
    const repeated = events.filter(({ phase, tries }) => phase === "during" && tries > 1).length;
    return repeated === 0 ? [] : [`${repeated} events had to be sent again`];
  },
});

function drip(port: number, path: string): Socket {
  const text = `POST ${path} HTTP/1.1\r\nhost: door\r\n${"x-slow: y\r\n".repeat(100)}`;
  const socket = connect(port, "127.0.0.1");
  let at = 0;
  const timer = setInterval(() => {
    if (socket.writable) socket.write(text.slice(at, ++at));
  }, everyMs);
  socket.on("error", () => undefined);
  socket.on("close", () => clearInterval(timer));
  return socket.resume();
}
