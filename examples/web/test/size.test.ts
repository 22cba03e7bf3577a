/** What a visitor downloads. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

const folder = fileURLToPath(new URL("../../../build/web/", import.meta.url));
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name, parentPath }) => ({ name, bytes: readFileSync(`${parentPath}/${name}`) }));

describe("the built page", () => {
  it("has at most 120 KB gzipped, the model included, the digits not", () => {
    const code = files.filter(({ name }) => !name.startsWith("digits"));
    expect(code.length).toBeGreaterThan(5);
    expect(code.reduce((sum, { bytes }) => sum + gzipSync(bytes, { level: 9 }).length, 0)).toBeLessThanOrEqual(120_000);
  });

  it("has all digits in one file of at most 1.3 MB", () => {
    const [digits, ...others] = files.filter(({ name }) => name.startsWith("digits"));
    expect(others).toEqual([]);
    expect(digits?.bytes.length).toBeLessThanOrEqual(1_300_000);
  });

  it("asks no other host for anything, and has no inline script or style", () => {
    const html = files.find(({ name }) => name === "index.html")?.bytes.toString() ?? "";
    expect(html).toContain("Content-Security-Policy");
    expect(html).not.toMatch(/<(script|link|img)[^>]+https?:|<script>|<style|style=|\son\w+=/);
  });
});
