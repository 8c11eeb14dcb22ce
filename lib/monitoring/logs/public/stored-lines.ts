import { database, db } from "@/db/database";
import { findMomentAgo, type LineFilter, type LinePlace, listLastStored, listStoredAfter, type StoredLine } from "@/db/queries/log-lines";

/**
 * How long a write may take to be seen after the moment it bears: lines are read up to so long ago, so that none comes in
 * before one that was read. The embedded database makes one write at a time, and a millisecond is told as one moment.
 */
const settleMs = { embedded: 5, server: 1_000 };
const atOnce = 500;
/** A process's clock may be before the database's by so much. */
const skewMs = 60_000;

const firstId = "00000000-0000-0000-0000-000000000000";
const lastId = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** Where to begin: after a place, with the last so many lines, with those from the filter's moment on, or with the next. */
export type Beginning = { after?: LinePlace; last?: number };

/**
 * A reader of the lines that match in the order in which they were stored, each once. `read` gives those that have come since,
 * some at a time; one that was not full has come up to now.
 */
export function storedLines(filter: LineFilter, { after, last }: Beginning) {
  let place = after;
  const begin = async (until: string): Promise<StoredLine[]> => {
    const first = last === undefined ? [] : (await listLastStored(db(), filter, { until, limit: last })).toReversed();
    const oldest = last === undefined && filter.from ? new Date(filter.from.getTime() - skewMs).toISOString() : undefined;
    place = oldest ? { at: oldest, id: firstId } : { at: until, id: lastId };
    return first;
  };
  return {
    /** Where it has come to; nowhere before the first look. */
    place: () => place,
    async read(): Promise<{ lines: StoredLine[]; isFull: boolean }> {
      const until = await findMomentAgo(db(), settleMs[database().kind]);
      if (!place) {
        const lines = await begin(until);
        return { lines, isFull: lines.length === 0 };
      }
      const lines = await listStoredAfter(db(), filter, { after: place, until, limit: atOnce });
      const isFull = lines.length === atOnce;
      const read = lines.at(-1);
      // What matches nothing need not be looked through again.
      if (isFull && read) place = placeOf(read);
      else if (place.at <= until) place = { at: until, id: lastId };
      return { lines, isFull };
    },
  };
}

/** Where a reader goes on that has had this line. */
export const placeOf = ({ storedAt, id }: StoredLine): LinePlace => ({ at: storedAt.toISOString(), id });
