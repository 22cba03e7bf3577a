/**
 * The library's only door to the file system. Node's modules are asked for when they are needed, and not by `import`, so that
 * bundlers for the browser do not look for them.
 */

interface NodeModules {
  "node:fs/promises": typeof import("node:fs/promises");
  "node:path": typeof import("node:path");
  "node:url": typeof import("node:url");
}

export function hasFileSystem(): boolean {
  return typeof process === "object" && process.versions?.node !== undefined;
}

export function fileSystem(): typeof import("node:fs/promises") {
  if (!hasFileSystem()) throw new Error("there is no file system here");
  return nodeModule("node:fs/promises");
}

export function nodeModule<Name extends keyof NodeModules>(name: Name): NodeModules[Name] {
  return process.getBuiltinModule(name) as NodeModules[Name];
}

export function isFileUrl(source: string | URL): boolean {
  return /^file:/i.test(`${source}`);
}

export function isPath(source: string | URL): boolean {
  return typeof source === "string" && !/^https?:/i.test(source);
}

export function toPath(source: string | URL): string {
  if (isFileUrl(source)) return nodeModule("node:url").fileURLToPath(source);
  if (!isPath(source)) throw new Error("only files can be written");
  return source as string;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EDQUOT: "disk quota exceeded",
  EEXIST: "a file of that name is in the way",
  EISDIR: "it is a directory",
  ENOENT: "no such file",
  ENOSPC: "no space left on device",
  ENOTDIR: "a part of the path is not a directory",
  EPERM: "operation not permitted",
  EROFS: "read-only file system",
};

export function reason(error: unknown): string {
  const known = REASONS[codeOf(error) ?? ""];
  if (known) return known;
  if (!(error instanceof Error)) return `${error}`;
  // "fetch failed" says nothing; what went wrong stands in the cause.
  const cause = error.cause;
  return (cause instanceof Error && (cause.message || codeOf(cause))) || error.message;
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
