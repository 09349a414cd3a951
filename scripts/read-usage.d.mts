/** What a script says of its own use. */
export function readUsage(file: string): string;
