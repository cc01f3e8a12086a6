/** How much room there is, and which parts of the window are open. */

class Layout {
  /** Under 960 px: narrow sidebar, inspector as a sheet, search as a button. */
  narrow = $state(false);
  /** Under 760 px: columns By and Added go. */
  tight = $state(false);
  /** Whether the person wants the inspector. Narrow windows start without it. */
  inspector = $state(true);

  /** Follows the width of the window. Returns the way to stop. */
  watch(): () => void {
    const narrow = window.matchMedia("(max-width: 959px)");
    const tight = window.matchMedia("(max-width: 759px)");
    const follow = () => {
      // Crossing the line is a new beginning for the inspector; a choice made within a width is kept.
      if (this.narrow !== narrow.matches) this.inspector = !narrow.matches;
      this.narrow = narrow.matches;
      this.tight = tight.matches;
    };
    follow();
    narrow.addEventListener("change", follow);
    tight.addEventListener("change", follow);
    return () => {
      narrow.removeEventListener("change", follow);
      tight.removeEventListener("change", follow);
    };
  }
}

export const layout = new Layout();

/** The strip of transfers at the foot: opened from the sidebar, filled by the transfers feature, which says how many run. */
class Strip {
  open = $state(false);
  running = $state(0);
}

export const strip = new Strip();
