import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { quantile, round } from "../measure/statistics.ts";

export type Acks = { sent: number; refused: number; p50Ms: number; p99Ms: number; maxMs: number };

type Plan = {
  port: number;
  path: string;
  /** What to send, whole: head and body. Called once a call, in order. */
  next: () => Buffer;
  perSecond: number;
  seconds: number;
  connections?: number;
};

/**
 * Sends calls at a fixed rate, whether or not the earlier ones are answered, as a provider does. A time counts from when the call
 * was due, so that a door which stalls cannot hide it by keeping the sender waiting. Written on sockets: on two cores the
 * client must cost little.
 */
export async function sendAtRate({ port, next, perSecond, seconds, connections = 64 }: Plan): Promise<Acks> {
  const idle: Socket[] = [];
  const waiting: number[] = [];
  const times: number[] = [];
  const dueOf = new Map<Socket, number>();
  let refused = 0;
  const begin = (socket: Socket, due: number) => {
    dueOf.set(socket, due);
    socket.write(next());
  };
  const take = (socket: Socket) => {
    const due = waiting.shift();
    if (due === undefined) idle.push(socket);
    else begin(socket, due);
  };
  const sockets = await Promise.all(
    Array.from({ length: connections }, () =>
      open(port, (socket, isRefused) => {
        times.push(performance.now() - (dueOf.get(socket) ?? 0));
        if (isRefused) refused += 1;
        take(socket);
      }),
    ),
  );
  idle.push(...sockets);
  const begun = performance.now();
  const total = Math.round(perSecond * seconds);
  for (let sent = 0; sent < total; ) {
    const owed = Math.min(total, Math.floor(((performance.now() - begun) * perSecond) / 1000));
    for (; sent < owed; sent += 1) {
      const due = begun + (sent * 1000) / perSecond;
      const socket = idle.pop();
      if (socket) begin(socket, due);
      else waiting.push(due);
    }
    await delay(1);
  }
  while (times.length < total) await delay(5);
  for (const socket of sockets) socket.destroy();
  const at = (share: number) => round(quantile(times, share), 1);
  return { sent: total, refused, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

function open(port: number, onAnswer: (socket: Socket, isRefused: boolean) => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let received = "";
    socket.setNoDelay(true);
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      const end = received.indexOf("\r\n\r\n");
      const length = /content-length: (\d+)/i.exec(received)?.[1];
      if (end < 0 || received.length < end + 4 + Number(length ?? 0)) return;
      const isRefused = !received.startsWith("HTTP/1.1 200");
      received = "";
      onAnswer(socket, isRefused);
    });
  });
}
