/** Pages that anybody may open, with everything below them. Every other page asks for a sign-in. */
const publicPages = ["/sign-in", "/register", "/welcome", "/docs/api"];

/** Whether a page is open to everybody. */
export function isPublicPage(pathname: string): boolean {
  return publicPages.some((page) => pathname === page || pathname.startsWith(`${page}/`));
}
