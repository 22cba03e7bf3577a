/** Help texts, made from the flags' table. */
import { type Flag, type Flags, flagName, type Switch, takesValue } from "./flags.js";

export interface Help {
  readonly usage: string;
  readonly about: string;
  readonly flags: Flags;
  /** What else there is to know. */
  readonly notes: string;
  readonly examples: readonly string[];
}

const WIDTH = 80;
const INDENT = "  ";
const GAP = 2;

export function renderHelp({ usage, about, flags, notes, examples }: Help): string {
  return [
    `Usage: ${usage}`,
    wrap(about, WIDTH).join("\n"),
    describeFlags(flags),
    wrap(notes, WIDTH).join("\n"),
    examples.map((example) => INDENT + example).join("\n"),
  ].join("\n\n");
}

/** A line or more for each flag: its name, what it does, its default. */
function describeFlags(flags: Flags): string {
  const rows = Object.entries(flags).map(([key, one]) => [leftSide(key, one), rightSide(one)] as const);
  const left = Math.max(...rows.map(([name]) => name.length)) + GAP;
  return rows
    .flatMap(([name, about]) =>
      wrap(about, WIDTH - INDENT.length - left).map(
        (line, index) => INDENT + (index === 0 ? name : "").padEnd(left) + line,
      ),
    )
    .join("\n");
}

/** Words in lines of at most `width`. A no-break space becomes a space that a line is not broken at. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => line.replaceAll("\u00a0", " "));
}

function leftSide(key: string, one: Flag<unknown> | Switch): string {
  if (takesValue(one)) return `${flagName(key)} ${one.placeholder}`;
  return one.short === undefined ? flagName(key) : `${flagName(key)}, -${one.short}`;
}

/** The default stays in one piece. */
function rightSide(one: Flag<unknown> | Switch): string {
  return takesValue(one) && one.initial !== undefined ? `${one.about} (default\u00a0${one.initial})` : one.about;
}
