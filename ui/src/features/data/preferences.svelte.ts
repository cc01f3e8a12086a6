/** What the person set for the editor; it holds for every bucket until the window closes. */
class Preferences {
  tree = $state(true);
}

export const preferences = new Preferences();
