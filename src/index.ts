/** lanewise: train and run small neural networks anywhere JavaScript runs. Every member is known by its name. */
import "./names.js";
import "./relaxed.js";

export * from "./lean.js";
