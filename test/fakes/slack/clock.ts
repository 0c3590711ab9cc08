/** The time of this Slack: the real one, set forward at will. Whatever expires asks it. */
export class Clock {
  #ahead = 0;
  #last = 0;

  now(): number {
    return Date.now() + this.#ahead;
  }

  advance(ms: number): void {
    this.#ahead += ms;
  }

  /** A message's id: seconds and microseconds, growing and never the same. */
  ts(): string {
    const micros = this.now() * 1000;
    this.#last = micros > this.#last ? micros : this.#last + 1;
    return `${Math.floor(this.#last / 1_000_000)}.${String(this.#last % 1_000_000).padStart(6, '0')}`;
  }

  seconds(): number {
    return Math.floor(this.now() / 1000);
  }
}
