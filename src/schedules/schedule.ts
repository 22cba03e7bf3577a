/** A learning rate that changes with the steps. Call it with the count of steps taken, 0 for the first. */
export interface Schedule {
  (step: number): number;
  /** The name under which Keras knows it in a saved model. */
  readonly className: string;
  /** The options it was made with, all of them. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The same as a call. */
  at(step: number): number;
}
