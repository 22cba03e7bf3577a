/** One arena for computing on host arrays outside of any model. */
import { Arena } from "./arena.js";

let arena: Arena | undefined;

/** Runs a computation on the shared arena, and frees what it has allocated there. */
export function onSharedArena<T>(compute: (arena: Arena) => T): T {
  arena ??= new Arena();
  const start = arena.mark();
  try {
    return compute(arena);
  } finally {
    arena.release(start);
  }
}
