/**
 * Options of which one may also stand alone, before the others: `csvLogger("log.csv", { append: true })` for
 * `csvLogger({ filename: "log.csv", append: true })`.
 */
export function withLeading<Options extends object, Name extends keyof Options>(
  name: Name,
  first: Options | Options[Name],
  rest: Omit<Options, Name>,
): Options {
  const isOptions = typeof first === "object" && !((first as unknown) instanceof URL);
  return (isOptions ? first : { ...rest, [name]: first }) as Options;
}
