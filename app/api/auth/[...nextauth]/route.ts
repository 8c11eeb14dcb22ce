import { browserAuth } from "@/lib/auth/browser-auth";

// The methods that next-auth does not have are refused there, as the calls that it does not have are.
export { browserAuth as DELETE, browserAuth as GET, browserAuth as OPTIONS, browserAuth as PATCH, browserAuth as POST, browserAuth as PUT };
