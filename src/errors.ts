/** The base of every error that is this library's own. */
export class LanewiseError extends Error {
  override name = "LanewiseError";
}

/** Shapes or lengths that do not fit together. */
export class ShapeError extends LanewiseError {
  override name = "ShapeError";
}

/** A call at the wrong moment: fit before compile, a disposed model, two fits at once. */
export class StateError extends LanewiseError {
  override name = "StateError";
}

/** A file or a saved model that is not what it claims to be. */
export class FormatError extends LanewiseError {
  override name = "FormatError";
}
