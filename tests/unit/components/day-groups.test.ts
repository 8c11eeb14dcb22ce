import { describe, expect, test } from "vitest";
import { dayOf, groupByDay } from "@/components/sidebar/day-groups";
import type { Conversation } from "@/lib/chat/shapes";

const used = (updatedAt: string, pinned = false) => ({ id: updatedAt, updatedAt, pinned }) as Conversation;
const labels = (moments: string[], now: string, timeZone = "UTC") =>
  groupByDay(
    moments.map((at) => used(at)),
    dayOf(new Date(now), timeZone),
    timeZone,
  ).map((group) => group.label);

describe("the heading a chat stands under", () => {
  test.each([
    ["2026-11-21T00:00:01Z", "Today"],
    ["2026-11-20T23:59:59Z", "Yesterday"],
    ["2026-11-19T12:00:00Z", "Previous 7 days"],
    ["2026-11-14T12:00:00Z", "Previous 7 days"],
    ["2026-11-13T12:00:00Z", "Previous 30 days"],
    ["2026-10-21T12:00:00Z", "October"],
    ["2025-12-31T12:00:00Z", "December 2025"],
    ["2026-11-22T01:00:00Z", "Today"],
  ])("%s, seen on 21 November 2026, is %s", (moment, label) => expect(labels([moment], "2026-11-21T12:00:00Z")).toEqual([label]));
});

test("the reader's time zone decides which day it is", () => {
  const moment = "2026-11-20T23:30:00Z";
  expect(labels([moment], "2026-11-21T03:00:00Z", "UTC")).toEqual(["Yesterday"]);
  expect(labels([moment], "2026-11-21T03:00:00Z", "Asia/Tokyo")).toEqual(["Today"]);
});

test("pinned chats come first, whenever they were used", () => {
  const groups = groupByDay([used("2026-11-21T10:00:00Z"), used("2026-01-01T10:00:00Z", true)], "2026-11-21", "UTC");
  expect(groups.map((group) => group.label)).toEqual(["Pinned", "Today"]);
});
