import type { Metadata } from "next";
import { PeopleList } from "@/components/settings/people-list";
import { listPeople } from "@/lib/auth/list-people";
import { adminPageCaller } from "@/lib/auth/page-caller";
import { env } from "@/lib/core/env";
import { approvePerson, declinePerson } from "../actions";

export const metadata: Metadata = { title: "People" };

/** Everybody with an account, those who wait for approval first. */
export default async function PeoplePage() {
  const people = await listPeople(await adminPageCaller());
  return <PeopleList people={people} signup={env().HEARTH_SIGNUP} now={new Date()} approve={approvePerson} decline={declinePerson} />;
}
