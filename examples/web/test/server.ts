/** Serves the built page under a path of its own, with the strictest headers that it is to work under. */
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { POLICY } from "../plugins/content-security-policy.js";

const PATH = "/some/where/";
const folder = fileURLToPath(new URL("../../../build/web/", import.meta.url));
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveSite(): Promise<Site> {
  const server = createServer(async ({ url = "" }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const name = pathname === PATH ? "index.html" : pathname.slice(PATH.length);
    const body = pathname.startsWith(PATH) ? await readFile(folder + name).catch(() => undefined) : undefined;
    const type = types[extname(name)] ?? "application/octet-stream";
    if (body) response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(body);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}${PATH}`,
    close: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
