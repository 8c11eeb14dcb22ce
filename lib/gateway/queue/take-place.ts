import { RateLimitedError } from "@/lib/core/errors";
import { callError } from "../call-error";
import type { CallContext } from "../call-record";
import { gatewaySettings } from "../gateway-settings";
import { enterLane, type Lane, type Place } from "./lane";
import { type ModelLine, serveAfresh, tellPositions, type Waiting } from "./model-line";

type Whose = Pick<Waiting, "owner" | "isBackground">;

type Wish = {
  /** Where the call may be served, the best first. At least one, and all of one model. */
  lanes: Lane[];
  /** The same as things are at this moment, for while it stands in line; empty when it may be served nowhere any more. */
  lookAgain: () => Lane[];
  context: CallContext;
  signal: AbortSignal | undefined;
  /** Told how long the call stood in line, when it did. */
  onWaited: (ms: number) => void;
};

/** Whom a person waits for. What Hearth does on its own can wait. */
const forPeople = new Set<CallContext["purpose"]>(["chat", "api", "copilot"]);
/**
 * While a host's limit is being found out, most of those in line wait for that alone, which takes a few answers.
 * They are no reason to refuse others, within bounds.
 */
const moreWhileFindingOut = 1_000;
/** What a call is taken to last before the first has ended. */
const unknownCallMs = 5_000;

/**
 * A place at the best lane that has room and that nobody in line can take, else at the first that gets some: in the order of
 * the line, which is fair. Null when there is none left to wait for.
 * @throws RateLimitedError when the line is full · ModelError `overloaded` when the wait is too long · the signal's reason
 */
export async function takePlace(wish: Wish): Promise<Place | null> {
  wish.signal?.throwIfAborted();
  const [first] = wish.lanes;
  if (!first) return null;
  const hasRoom = () => wish.lanes.find((lane) => lane.hasRoom);
  if (first.line.waiting.size > 0 && hasRoom()) serveAfresh(first.line);
  const free = hasRoom();
  if (free) return enterLane(free);
  const whose = whoseOf(wish.context);
  makeRoom(first.line, whose, wish.lanes);
  return waitInLine(first.line, whose, wish);
}

const whoseOf = ({ userId, key, purpose }: CallContext): Whose => ({
  owner: userId ?? key?.id ?? "",
  isBackground: !forPeople.has(purpose),
});

/** Sends another call away when the line is full and that is fair. @throws RateLimitedError when it is not */
function makeRoom(line: ModelLine, newcomer: Whose, lanes: Lane[]): void {
  const more = lanes.every(({ isLimitKnown }) => isLimitKnown) ? 0 : moreWhileFindingOut;
  if (line.waiting.size < gatewaySettings().queueMax + more) return;
  const displaced = line.waiting.makeRoomFor(newcomer);
  if (!displaced) throw lineIsFull(line, lanes);
  displaced.displace();
}

function lineIsFull({ modelId, waiting }: ModelLine, lanes: Lane[]): RateLimitedError {
  return new RateLimitedError(`calls are waiting for ${modelId}`, expectedWaitS(waiting.size, lanes));
}

/** How long a line takes to empty, by how long calls lasted of late. */
function expectedWaitS(waiting: number, lanes: Lane[]): number {
  const atOnce = lanes.reduce((sum, { limit }) => sum + limit, 0);
  const callMs = Math.max(...lanes.map((lane) => lane.callMs ?? unknownCallMs));
  return Math.min(600, Math.max(1, Math.ceil(((waiting + 1) * callMs) / atOnce / 1000)));
}

function waitInLine(line: ModelLine, whose: Whose, { lanes, lookAgain, context, signal, onWaited }: Wish): Promise<Place | null> {
  const { queueTimeoutMs } = gatewaySettings();
  const startedAt = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<Place | null>();
  let told = 0;
  const tell = (position: number) => {
    if (position !== told) context.onQueue?.(position);
    told = position;
  };
  const giveUp = (reason: unknown) => {
    line.waiting.remove(entry);
    tellPositions(line);
    reject(reason);
  };
  const onAbort = () => giveUp(signal?.reason);
  const timer = setTimeout(() => giveUp(waitedTooLong(line, entry.lanes, queueTimeoutMs)), queueTimeoutMs);
  const entry: Waiting = {
    ...whose,
    lanes,
    lookAgain,
    admit: (lane) => resolve(enterLane(lane)),
    refuse: () => resolve(null),
    displace: () => reject(lineIsFull(line, entry.lanes)),
    onPosition: context.onQueue && tell,
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  line.waiting.add(entry);
  tellPositions(line);
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    tell(0);
    onWaited(performance.now() - startedAt);
  });
}

function waitedTooLong({ modelId, waiting }: ModelLine, lanes: Lane[], waitedMs: number) {
  const where = lanes.map(({ hostName }) => hostName).join(", ");
  const what = `Every place for ${modelId} (${where}) stayed taken for ${Math.round(waitedMs / 1000)} seconds.`;
  return callError("overloaded", what, undefined, { retryAfterS: expectedWaitS(waiting.size, lanes) });
}
