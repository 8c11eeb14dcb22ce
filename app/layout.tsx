import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { ThemeProvider } from "@/components/theme-provider";
import { Toaster } from "@/components/ui/toaster";
import { PageRequest } from "@/components/workspace/page-request";
import { requestIdHeader } from "@/lib/http/request-id";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Hearth", template: "%s · Hearth" },
  description: "A self-hosted AI workspace.",
  applicationName: "Hearth",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#1a1918" },
  ],
};

/** The frame of every page. The theme script carries the nonce that the content security policy asks for. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const sent = await headers();
  const nonce = sent.get("x-nonce") ?? undefined;
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <ThemeProvider nonce={nonce}>
          <PageRequest id={sent.get(requestIdHeader)}>{children}</PageRequest>
          <Toaster />
        </ThemeProvider>
      </body>
    </html>
  );
}
