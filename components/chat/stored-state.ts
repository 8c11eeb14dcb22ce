import { useCallback, useSyncExternalStore } from "react";

const values = new Map<string, { text: string | null; value: unknown }>();
const listeners = new Map<string, Set<() => void>>();

/**
 * State that outlives the page in this browser's local storage, shared by all who use the same key.
 * @param fallback what it is on the server and while nothing is stored; must be the same object each time
 */
export function useStored<T>(key: string, fallback: T): [T, (value: T) => void] {
  const subscribe = useCallback((onChange: () => void) => subscribeTo(key, onChange), [key]);
  const value = useSyncExternalStore(
    subscribe,
    () => readStored(key, fallback),
    () => fallback,
  );
  const set = useCallback((next: T) => writeStored(key, next, fallback), [key, fallback]);
  return [value, set];
}

/** What is stored now. The same object as long as nobody wrote. */
export function readStored<T>(key: string, fallback: T): T {
  const text = itemOf(key);
  const known = values.get(key);
  if (known && known.text === text) return known.value as T;
  const value = text === null ? fallback : parse(text, fallback);
  values.set(key, { text, value });
  return value;
}

/** What follows `prefix` in the keys that are stored. */
export function storedNames(prefix: string): string[] {
  try {
    return Object.keys(localStorage).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  } catch {
    return [];
  }
}

/** Stores a value and tells everyone who uses it; the fallback is not stored but removed. */
export function writeStored<T>(key: string, value: T, fallback: T): void {
  const isEmpty = value === fallback || (Array.isArray(value) && value.length === 0);
  const text = isEmpty ? null : JSON.stringify(value);
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Storage is full or forbidden: the value still holds for as long as the page is open.
  }
  values.set(key, { text: itemOf(key), value: isEmpty ? fallback : value });
  for (const listener of listeners.get(key) ?? []) listener();
}

function subscribeTo(key: string, onChange: () => void): () => void {
  const own = listeners.get(key) ?? new Set();
  listeners.set(key, own.add(onChange));
  const onStorage = (event: StorageEvent) => event.key === key && onChange();
  window.addEventListener("storage", onStorage);
  return () => {
    own.delete(onChange);
    window.removeEventListener("storage", onStorage);
  };
}

function itemOf(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Anything may stand in the storage: what is not of the fallback's kind does not count. */
function parse<T>(text: string, fallback: T): T {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === typeof fallback && Array.isArray(value) === Array.isArray(fallback) ? (value as T) : fallback;
  } catch {
    return fallback;
  }
}
