/** The id of the model that Hearth chooses anew for each request. Browser-safe. */
export const autoModelId = "auto";
