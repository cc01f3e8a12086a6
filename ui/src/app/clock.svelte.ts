/** What time it is, as far as people read it from the page: it moves on twice a minute. */

const STEP = 30_000;

class Clock {
  now = $state(Date.now());

  /** Keeps it going. Returns the way to stop. */
  run(): () => void {
    const timer = setInterval(() => (this.now = Date.now()), STEP);
    return () => clearInterval(timer);
  }
}

export const clock = new Clock();
