/**
 * Lets at most `most` callers pass in one turn of the event loop; the rest wait for the next turn, not for those
 * before them to finish. When two hundred debates start at once, preparing all their prompts in one turn would stall
 * everything else for half a second.
 */
export function turnGate(most: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let passed = 0;
  let armed = false;
  const nextTurn = () => {
    const now = waiting.splice(0, most);
    passed = now.length;
    armed = passed > 0;
    if (armed) setImmediate(nextTurn);
    for (const pass of now) pass();
  };
  return async () => {
    if (!armed) {
      armed = true;
      passed = 0;
      setImmediate(nextTurn);
    }
    if (passed < most && waiting.length === 0) passed++;
    else await new Promise<void>((pass) => waiting.push(pass));
  };
}
