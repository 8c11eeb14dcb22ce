import { redirect } from "next/navigation";

/** The workspace begins with a new chat. */
export default function Home() {
  redirect("/chat");
}
