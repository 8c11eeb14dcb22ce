/** The cookies in which a device remembers what the server's first rendering needs. */
export const preferenceCookies = { timeZone: "hearth-time-zone", sidebar: "hearth-sidebar", model: "hearth-model" } as const;
