/** Members of tables that are functions of host arrays as well. */
import { type ArrayInput, isArrayInput } from "./arrays.js";

/** Given options or nothing, it returns a configured member; given an array, it computes at once. */
export interface MemberFunction<Options, Member extends object, Result> {
  (array: ArrayInput, options?: Options): Result;
  (options?: Options): Member & ((array: ArrayInput) => Result);
}

/**
 * @param configure From the options to the member. Throws for what is out of range.
 * @param compute What a member makes of an array.
 */
export function callable<Options extends object, Member extends object, Result>(
  configure: (options: Options) => Member,
  compute: (member: Member, array: ArrayInput) => Result,
): MemberFunction<Options, Member, Result> {
  const make = (options: Options) => {
    const member = configure(options);
    return Object.assign((array: ArrayInput) => compute(member, array), member);
  };
  function call(first: Options | ArrayInput = {} as Options, options: Options = {} as Options) {
    return isArrayInput(first) ? make(options)(first) : make(first);
  }
  return call as MemberFunction<Options, Member, Result>;
}
