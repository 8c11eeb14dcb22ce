export * from "./accounts";
export * from "./call-rollups";
export * from "./chat";
export * from "./gateway";
export * from "./log-lines";
export * from "./process-samples";
