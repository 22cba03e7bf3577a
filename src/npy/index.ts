export { type LoadNpyOptions, loadNpy, type NpySource } from "./load-npy.js";
export { encodeNpy, saveNpy } from "./save-npy.js";
