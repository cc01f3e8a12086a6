/** Words of the page in a browser: signing in, and what is other than in the window. */
export const browser = {
  signIn: "Sign in",
  signInTitle: "Sign in to Pail",
  signInText: "With an API key. Whoever looks after this Pail makes keys on its Access page.",
  key: "API key",
  keep: "Keep me signed in until this tab is closed",
  noKey: "Paste your key.",
  signOut: "Sign out",

  noAnswer: "Pail did not answer this. Try again, and look at what stands between you and it if that does not help.",
  unreachable: "Pail cannot be reached. See whether it runs, and try again.",
  cancelled: "Stopped.",
  notCopied: "The browser does not let this be copied. Select it and press Ctrl C.",
  notHere: "This opens a program of the computer that Pail runs on. Use its window there.",
  meets: (name: string) => ({
    reason: `Its name meets that of “${name}”`,
    advice: "Replace that file, or keep both.",
  }),
  gone: {
    reason: "The browser has let go of this file",
    advice: "Choose it again.",
  },
};
