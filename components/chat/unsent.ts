/** Where a version of an earlier message belongs: after whom, and beside which. */
export type Place = { parentId: string | null; siblings: string[] };

/** A message that waits to be sent, or that could not be; without a place it goes to the end of the branch. */
export type Unsent = {
  id: string;
  text: string;
  problem?: string;
  place?: Place;
  /** It would have begun its chat, which the server does not know as long as it waits. */
  isFirst?: boolean;
};
