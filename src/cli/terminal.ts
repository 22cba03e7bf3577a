/** Where a command prints: lines, one line that is rewritten in place, and colours where they are wanted. */

/** The part of process.stdout that is used here. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  hasColors?(): boolean;
  write(text: string): unknown;
}

export type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly green: Paint;
}

export interface Terminal {
  /** Whether a line can be rewritten in place. */
  readonly interactive: boolean;
  readonly style: Style;
  /** The width of a line, at most 80. */
  readonly columns: number;
  /** Set it to true for work that goes on when nobody reads along any more. */
  outlivesReader: boolean;
  line(text?: string): void;
  /** Shows a line that the next `update` or `line` replaces. */
  update(text: string): void;
  /** Leaves a line that was shown by `update` as it is. */
  settle(): void;
}

const WIDTH = 80;

const same: Paint = (text) => text;
export const plain: Style = { bold: same, dim: same, green: same };
const coloured: Style = { bold: paint(1, 22), dim: paint(2, 22), green: paint(32, 39) };

/** hasColors heeds NO_COLOR and TERM. */
export function createTerminal(output: Output, kind = process.env.TERM): Terminal {
  const interactive = output.isTTY === true && kind !== "dumb";
  const replace = interactive ? "\r\x1b[K" : "";
  let pending = false;
  return {
    interactive,
    style: interactive && output.hasColors?.() ? coloured : plain,
    get columns() {
      // A terminal that does not know its size says 0
      return Math.min(output.columns || WIDTH, WIDTH);
    },
    outlivesReader: false,
    line(text = "") {
      output.write(`${pending ? replace : ""}${text}\n`);
      pending = false;
    },
    update(text) {
      output.write(replace + text);
      pending = true;
    },
    settle() {
      if (pending) output.write("\n");
      pending = false;
    },
  };
}

function paint(on: number, off: number): Paint {
  return (text) => (text === "" ? "" : `\x1b[${on}m${text}\x1b[${off}m`);
}
