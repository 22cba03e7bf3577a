/** What needs a file system: models and arrays in files. */
export { type LoadNpyOptions, loadNpy, type NpySource } from "../npy/load-npy.js";
export { saveNpy } from "../npy/save-npy.js";
export { fileSystem, type ModelDirectory } from "./file-system.js";
