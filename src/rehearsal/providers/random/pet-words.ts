/** Words that a RandomPet is put together from. */
export const adverbs = [
  "barely",
  "boldly",
  "calmly",
  "deeply",
  "easily",
  "fairly",
  "gladly",
  "kindly",
  "mostly",
  "neatly",
];
export const adjectives = [
  "amber",
  "brave",
  "clever",
  "gentle",
  "humble",
  "lively",
  "merry",
  "quick",
  "steady",
  "wise",
];
export const nouns = ["badger", "crane", "dolphin", "falcon", "heron", "lynx", "marten", "otter", "robin", "sparrow"];
