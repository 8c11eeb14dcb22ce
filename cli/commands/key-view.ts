import type { z } from "zod";
import type { apiKey } from "@/lib/auth/keys/contract";

/** A key as the API answers it. */
export type KeyView = z.output<typeof apiKey>;
