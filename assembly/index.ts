/** Every kernel, for a binary that has all. Names and arguments stand again in src/wasm. */

export * from "./parts/activations";
export * from "./parts/augmentation";
export * from "./parts/core";
export * from "./parts/layers";
export * from "./parts/losses";
export * from "./parts/optimizers";
