/** What pages of all kinds have in common: they show the digest, or the error, as their title. */

export const PAGE = (script, type = "module") =>
  `<!doctype html><meta charset="utf-8"><title>waiting</title><body><script type="${type}" src="./${script}"></script></body>`;

/** For a module that has imported `lanewise`. */
export const SHOW = `
import { train } from "./training.mjs";
train(lanewise).then(
  (digest) => { document.title = digest; },
  (error) => { document.title = "error: " + error; },
);
`;
