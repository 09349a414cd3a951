import { openHome, readRunNote } from "./home.ts";
import { readSecrets } from "./secrets.ts";
import { readSettings } from "./settings.ts";
import { embeddedUrl } from "./start-postgres.ts";

/** The database of a running Chasqui, or DATABASE_URL. Throws a sentence when there is neither. */
export function runningDatabaseUrl(): string {
  const settings = readSettings(process.env);
  if (settings.ownDatabaseUrl) return settings.ownDatabaseUrl;
  const home = openHome(settings.home);
  const port = readRunNote(home)?.postgresPort;
  if (!port)
    throw new Error("Chasqui is not running on this CHASQUI_HOME. Start it with npm start, or set DATABASE_URL.");
  return embeddedUrl(port, "chasqui", readSecrets(home).POSTGRES_PASSWORD);
}
