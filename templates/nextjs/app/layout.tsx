import type { Metadata } from "next";
import type { ReactNode } from "react";
import { name } from "./project";
import "./globals.css";

export const metadata: Metadata = { title: name, description: `The home of ${name}` };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
