/** The address at which a server bound to `host` is reached from this machine: one bound to all addresses is reached over loopback. */
export function reachableHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  return host === "::" ? "::1" : host;
}

/** The same with its port, as the start of a URL. */
export function reachableUrl(host: string, port: number): string {
  const name = reachableHost(host);
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
