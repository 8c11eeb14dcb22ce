/** Who waits: each owner gets a turn before any gets a second, and background work waits for people. */
type Whose = { owner: string; isBackground: boolean };

/** A waiting line that is fair between its owners. People come before background work; among each, owners take turns. */
export function fairLine<T extends Whose>() {
  /** People's, then the background's: each owner's items in the order they came, the owner whose turn it is first. */
  const ranks: [people: Map<string, T[]>, background: Map<string, T[]>] = [new Map(), new Map()];
  let size = 0;
  const rankOf = ({ isBackground }: Whose) => ranks[isBackground ? 1 : 0];
  const drop = (rank: Map<string, T[]>, owner: string, index: number) => {
    const items = rank.get(owner);
    items?.splice(index, 1);
    if (items?.length === 0) rank.delete(owner);
    size--;
  };

  /** The owner who has the most, with the items. */
  const most = (rank: Map<string, T[]>): [owner: string, items: T[]] =>
    [...rank].reduce((before, each) => (each[1].length > before[1].length ? each : before), ["", [] as T[]]);

  return {
    get size() {
      return size;
    },
    add(item: T): void {
      const rank = rankOf(item);
      const items = rank.get(item.owner);
      if (items) items.push(item);
      else rank.set(item.owner, [item]);
      size++;
    },
    /** Takes an item out before its turn. Nothing happens when it is not in line. */
    remove(item: T): void {
      const index = rankOf(item).get(item.owner)?.indexOf(item) ?? -1;
      if (index >= 0) drop(rankOf(item), item.owner, index);
    },
    /**
     * Takes out the item that a newcomer to a full line may displace, if there is one: the newest of the owner who has the most.
     * Background work makes way for any of people's. Among equals that owner keeps at least as many as the newcomer's gets, so
     * that no owner can keep another out by filling the line, nor push out whoever has less.
     */
    makeRoomFor(newcomer: Whose): T | undefined {
      const yields = !newcomer.isBackground && ranks[1].size > 0;
      const rank = yields ? ranks[1] : rankOf(newcomer);
      const [owner, items] = most(rank);
      const own = rank.get(newcomer.owner)?.length ?? 0;
      const item = items.at(-1);
      if (!item || (!yields && items.length <= own + 1)) return undefined;
      drop(rank, owner, items.length - 1);
      return item;
    },
    /** Takes out the next item that fits; its owner goes to the end of the round. */
    take(fits: (item: T) => boolean): T | undefined {
      for (const rank of ranks) {
        for (const [owner, items] of rank) {
          const index = items.findIndex(fits);
          const item = items[index];
          if (!item) continue;
          drop(rank, owner, index);
          if (rank.delete(owner)) rank.set(owner, items);
          return item;
        }
      }
      return undefined;
    },
    /** Every item in the order of its turn, as if no more came. */
    *inOrder(): Generator<T> {
      for (const rank of ranks) {
        const longest = Math.max(0, ...[...rank.values()].map(({ length }) => length));
        for (let round = 0; round < longest; round++) {
          for (const items of rank.values()) {
            const item = items[round];
            if (item) yield item;
          }
        }
      }
    },
  };
}
