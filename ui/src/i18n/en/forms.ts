/** Words that all pages of settings share. */

export const forms = {
  save: "Save settings",
  saved: "Settings saved",
  discard: "Discard changes",
  nothingChanged: "Nothing is changed",
  unsavedTitle: "Save the settings?",
  leaveUnsaved: "Leave without saving",
  keepEditing: "Keep editing",
  changedElsewhere: "These settings were changed elsewhere. Saving replaces what you changed here.",
};
