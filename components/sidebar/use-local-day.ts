import { useEffect, useSyncExternalStore } from "react";
import { savePreference } from "@/components/workspace/preference-cookie";
import { dayOf } from "./day-groups";

/** How the server dated the page: its time zone for this device, and the moment of rendering. */
export type ServerClock = { timeZone: string; now: string };

function subscribe(onChange: () => void) {
  const timer = setInterval(onChange, 60_000);
  document.addEventListener("visibilitychange", onChange);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onChange);
  };
}

const ownTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** The reader's day and time zone. The first rendering agrees with the server's, which learns the zone from a cookie. */
export function useLocalDay(server: ServerClock): { today: string; timeZone: string } {
  const timeZone = useSyncExternalStore(subscribe, ownTimeZone, () => server.timeZone);
  const today = useSyncExternalStore(
    subscribe,
    () => dayOf(new Date(), timeZone),
    () => dayOf(new Date(server.now), server.timeZone),
  );
  useEffect(() => savePreference("timeZone", ownTimeZone()), []);
  return { today, timeZone };
}
