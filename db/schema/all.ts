export * from "./accounts";
export * from "./alerts";
export * from "./audit";
export * from "./call-rollups";
export * from "./chat";
export * from "./gateway";
export * from "./process-samples";
export * from "./spans";
