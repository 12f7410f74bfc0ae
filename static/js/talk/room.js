// The page of a channel, kept alive.
export function talk() {}
