/** The Chromium that tests drive: $CHROMIUM, or what is where Debian and others put it; undefined where there is none. */
import { existsSync } from "node:fs";

const usual = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

export const executablePath = process.env.CHROMIUM || usual.find((path) => existsSync(path));

/** What playwright is to launch it with. */
export const launchOptions = {
  executablePath,
  args: [
    ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
  ],
};
