const registry = globalThis as typeof globalThis & { __hearth?: Map<string, unknown> };

/**
 * One value per process, whoever asks first makes it.
 *
 * Next bundles instrumentation, route handlers and pages apart, so a module's own variables exist
 * several times in one process. Whatever must exist once hangs here.
 */
export function processGlobal<T>(name: string, make: () => T): T {
  registry.__hearth ??= new Map();
  if (!registry.__hearth.has(name)) registry.__hearth.set(name, make());
  return registry.__hearth.get(name) as T;
}

/** Removes the value, so that the next ask makes a new one. For closing down and for tests. */
export function clearProcessGlobal(name: string): void {
  registry.__hearth?.delete(name);
}
