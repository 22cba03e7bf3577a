/** Reverse-mode differentiation of double-precision scalars: slow, short, and with no derivative written by hand per layer. */

export class Scalar {
  gradient = 0;
  readonly value: number;
  readonly #inputs: readonly (readonly [input: Scalar, slope: number])[];

  constructor(value: number, inputs: readonly (readonly [Scalar, number])[] = []) {
    this.value = value;
    this.#inputs = inputs;
  }

  /** Adds d this / d input to the gradient of everything this was computed from. */
  backward(): void {
    const order: Scalar[] = [];
    const seen = new Set<Scalar>();
    const stack: { node: Scalar; next: number }[] = [{ node: this, next: 0 }];
    seen.add(this);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const input = top.node.#inputs[top.next++]?.[0];
      if (input === undefined) {
        order.push(top.node);
        stack.pop();
      } else if (!seen.has(input)) {
        seen.add(input);
        stack.push({ node: input, next: 0 });
      }
    }
    this.gradient = 1;
    for (const node of order.reverse()) {
      for (const [input, slope] of node.#inputs) input.gradient += slope * node.gradient;
    }
  }
}

export const constant = (value: number): Scalar => new Scalar(value);

export const add = (a: Scalar, b: Scalar): Scalar =>
  new Scalar(a.value + b.value, [
    [a, 1],
    [b, 1],
  ]);

export const multiply = (a: Scalar, b: Scalar): Scalar =>
  new Scalar(a.value * b.value, [
    [a, b.value],
    [b, a.value],
  ]);

/** f(a), given f's value and slope at a. */
export const apply = (a: Scalar, value: number, slope: number): Scalar => new Scalar(value, [[a, slope]]);

export const scale = (a: Scalar, factor: number): Scalar => apply(a, a.value * factor, factor);
export const exp = (a: Scalar): Scalar => apply(a, Math.exp(a.value), Math.exp(a.value));
export const log = (a: Scalar): Scalar => apply(a, Math.log(a.value), 1 / a.value);
export const power = (a: Scalar, exponent: number): Scalar =>
  apply(a, a.value ** exponent, exponent * a.value ** (exponent - 1));
export const sum = (terms: readonly Scalar[]): Scalar =>
  new Scalar(
    terms.reduce((total, { value }) => total + value, 0),
    terms.map((term) => [term, 1] as const),
  );
export const subtract = (a: Scalar, b: Scalar): Scalar => add(a, scale(b, -1));
export const divide = (a: Scalar, b: Scalar): Scalar => multiply(a, power(b, -1));
export const mean = (terms: readonly Scalar[]): Scalar => scale(sum(terms), 1 / terms.length);
