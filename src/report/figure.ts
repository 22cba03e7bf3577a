/** A figure: a drawing, what it shows in words, and its numbers. */

export type Cell = string | number | null;

/** The numbers of a figure, for a table and for files. */
export interface FigureData {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Figure {
  /** For links and file names. */
  readonly id: string;
  readonly title: string;
  /** What one sees, and how to read it. */
  readonly caption: string;
  /** Markup. */
  readonly drawing: string;
  readonly data: FigureData;
}

/** RFC 4180, but for the ends of lines. */
export function toCsv({ columns, rows }: FigureData): string {
  const cell = (value: Cell): string => {
    const text = value === null ? "" : `${value}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${[columns, ...rows].map((row) => row.map(cell).join(",")).join("\n")}\n`;
}
