/** What workerd makes of an import of a binary. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
