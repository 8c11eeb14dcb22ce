/**
 * The default export of a CommonJS package as its types promise it.
 * Under ESM, next-auth's modules arrive whole, with the default one level down; a bundler may unwrap them.
 */
export function importedDefault<T>(imported: T): T {
  const wrapped = imported as T & { default?: T };
  return wrapped.default ?? imported;
}
