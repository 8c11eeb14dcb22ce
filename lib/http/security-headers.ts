import type { Connection } from "./connection";

type HeaderList = readonly (readonly [name: string, value: string])[];

const everywhere: HeaderList = [
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "DENY"],
  ["referrer-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
];

/**
 * What counts on HTTPS only: HSTS (RFC 6797), which a LAN without a certificate must not get, and the opener
 * policy, which browsers ignore on plain HTTP with an error in the console.
 */
function transport({ secure }: Connection): HeaderList {
  if (!secure) return [];
  return [
    ["strict-transport-security", "max-age=31536000"],
    ["cross-origin-opener-policy", "same-origin"],
  ];
}

/**
 * What may load and run on a page.
 *
 * Scripts need the request's nonce, and what those load is trusted with them (`strict-dynamic`, CSP level 3).
 * Styles may be inline: highlighted code, formulas and menus set `style` attributes, which a nonce cannot cover.
 * Images come from here only, so that a reply cannot send anything out by naming an address.
 */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  const devOnly = isDevelopment ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${devOnly}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Headers of every page. */
export function pageSecurityHeaders(policy: string, connection: Connection): HeaderList {
  const features = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
  return [["content-security-policy", policy], ["permissions-policy", features], ...everywhere, ...transport(connection)];
}

/** Headers of every API answer: data, never a document. */
export function apiSecurityHeaders(connection: Connection): HeaderList {
  return [["content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox"], ...everywhere, ...transport(connection)];
}
