/** What makes a study the same study: all that its table depends on. */
import type { ReplicatePlan } from "./replicates.js";
import type { Space } from "./space.js";
import type { Plan } from "./strategies.js";

export interface Identity {
  /** Of lanewise. */
  readonly version: string;
  readonly images: string;
  readonly labels: string;
  readonly space: Space;
  readonly plan: Plan & ReplicatePlan;
}

const NAMES: Readonly<Record<keyof Identity, string>> = {
  version: "version of lanewise",
  images: "images (sha256)",
  labels: "labels (sha256)",
  space: "space",
  plan: "plan",
};

/** In what another study differs, in words; nothing for the same one. */
export function differences(mine: Identity, other: Partial<Identity>): string[] {
  return (Object.keys(NAMES) as (keyof Identity)[]).flatMap((name) => {
    const [here, there] = [canonical(mine[name]), canonical(other[name])];
    if (here === there) return [];
    const details =
      name === "space" || name === "plan" ? inside(mine[name], other[name]) : `${other[name]}, not ${mine[name]}`;
    return [`${NAMES[name]}: ${details}`];
  });
}

/** The names within that differ. */
function inside(mine: object, other: object | undefined): string {
  const names = Object.keys({ ...mine, ...other });
  const value = (from: object | undefined, name: string) => canonical((from as Record<string, unknown>)?.[name]);
  return names
    .filter((name) => value(mine, name) !== value(other, name))
    .map((name) => `${name} ${value(other, name)}, not ${value(mine, name)}`)
    .join("; ");
}

/** The same text for the same value, whatever the order of its names. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, inner) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
