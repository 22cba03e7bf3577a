import { describe, sizeOf } from "../arrays.js";
import { rearranged } from "./axes.js";
import { commonOptions, type LayerOptions } from "./common.js";
import type { Layer } from "./layer.js";

export interface FlattenOptions extends LayerOptions {
  /** 'channelsFirst': the first axis of a sample goes behind the others before they are joined. Default 'channelsLast'. */
  readonly dataFormat?: "channelsFirst" | "channelsLast" | "channels_first" | "channels_last";
}

/**
 * Makes a vector of each sample: [28, 28] -> [784]. The values stay, in row-major order.
 *
 * @throws RangeError for a dataFormat that is none.
 */
export function flatten(options: FlattenOptions = {}): Layer {
  const common = commonOptions(options, ["dataFormat"], "flatten");
  const { dataFormat = "channelsLast" } = options;
  if (!["channelsFirst", "channelsLast", "channels_first", "channels_last"].includes(dataFormat)) {
    throw new RangeError(
      `flatten: dataFormat: expected 'channelsLast' or 'channelsFirst', got ${describe(dataFormat)}`,
    );
  }
  const layer: Layer = {
    className: "Flatten",
    ...common,
    config: {},
    outputShape: (inputShape) => [sizeOf(inputShape)],
    weights: () => [],
    plan: () => [],
  };
  if (/last$/i.test(dataFormat)) return { ...layer, preprocess() {} };
  return {
    ...layer,
    config: { data_format: "channels_first" },
    plan: (context) => {
      const [, ...others] = context.inputShape.keys();
      return [rearranged(context, [...others, 0])];
    },
  };
}
