import { browserAuth } from "@/lib/auth/browser-auth";

export { browserAuth as GET, browserAuth as POST };
