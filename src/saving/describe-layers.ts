/** Layers to a file, so that TensorFlow.js can load those that it knows. */
import { describeMember } from "../layers/common.js";
import { forTensorFlow } from "./activation.js";
import type { JsonObject } from "./checks.js";
import { readInitializer } from "./initializer.js";
import { namesInFile, type PlacedLayer } from "./placed-layers.js";

/** What TensorFlow.js would stumble over stands under `lanewise`, which it passes over, and counts instead of `config`. */
interface DescribedLayer {
  readonly class_name: string;
  readonly config: JsonObject;
  readonly lanewise?: JsonObject;
}

export function describeLayers(layers: readonly PlacedLayer[]): DescribedLayer[] {
  const names = namesInFile(layers);
  const describeLevel = (level: readonly PlacedLayer[]): DescribedLayer[] => level.map(describeOne);
  const describeOne = (placed: PlacedLayer, index: number): DescribedLayer => {
    const name = names.get(placed) as string;
    const { className, config, own } = placed.inner
      ? { className: placed.layer.className, config: { layers: describeLevel(placed.inner) }, own: {} }
      : describeLeaf(placed, index === 0);
    const lanewise = { ...(name !== placed.name && { name: placed.name }), ...own };
    return {
      class_name: className,
      config: { name, ...config },
      ...(Object.keys(lanewise).length > 0 && { lanewise }),
    };
  };
  return describeLevel(layers);
}

interface DescribedLeaf {
  readonly className: string;
  readonly config: JsonObject;
  /** Settings that TensorFlow.js does not know. */
  readonly own: JsonObject;
}

function describeLeaf({ layer, inputShape }: PlacedLayer, isFirst: boolean): DescribedLeaf {
  const common = {
    trainable: layer.trainable !== false,
    dtype: "float32",
    ...(isFirst && { batch_input_shape: [null, ...inputShape] }),
  };
  const penalty = layer.activityRegularizer && { activity_regularizer: describeMember(layer.activityRegularizer) };
  // TensorFlow.js flattens no vectors. There the layer has nothing to do.
  const isIdle = layer.className === "Flatten" && inputShape.length === 1;
  const config = isIdle ? { activation: "linear" } : structuredClone(forTensorFlow(layer.className, layer.config));
  const settings = Object.entries({ ...config, ...penalty }).filter((setting) => !isOwnInitializer(setting));
  const [own, shared] = [true, false].map((wanted) =>
    Object.fromEntries(settings.filter(([key, value]) => isOwnRegularizer(key, value) === wanted)),
  ) as [JsonObject, JsonObject];
  return { className: isIdle ? "Activation" : layer.className, config: { ...common, ...shared }, own };
}

/** An initializer of the user's own is not needed to load the weights, and would keep others from it. */
function isOwnInitializer([key, value]: readonly [string, unknown]): boolean {
  return key.endsWith("_initializer") && readInitializer(value, key) === undefined;
}

/** A regularizer that TensorFlow.js has not: it matters for training only, and would keep it from predicting. */
function isOwnRegularizer(key: string, value: unknown): boolean {
  const className = (value as { readonly class_name?: unknown } | null)?.class_name;
  return key.endsWith("_regularizer") && className !== undefined && className !== "L1L2";
}
