import { AsyncLocalStorageProviderSingleton } from "@langchain/core/singletons";

/**
 * Has LangGraph run its steps as they are. By itself it makes a LangSmith trace for each, also when nothing is traced,
 * which takes half of the time that a step costs. What else it would carry there, the step's config, our nodes get as an argument.
 */
export function leaveOutLangSmith(): void {
  AsyncLocalStorageProviderSingleton.runWithConfig = (_config, callback) => callback();
}
