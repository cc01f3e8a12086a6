"""A window of another program that files are dragged out of, as out of a file manager: a GTK 3 drag source.

Usage: drag_source.py PATH… . Prints `ready` when it is on the screen, and `done` after each drag.
"""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

TITLE = "Files to drag"


def say(word: str) -> None:
    print(word, flush=True)


def main() -> None:
    uris = [GLib.filename_to_uri(path, None) for path in sys.argv[1:]]
    window = Gtk.Window(title=TITLE)
    window.set_default_size(240, 120)
    handle = Gtk.EventBox()
    handle.add(Gtk.Label(label=f"{len(uris)} to drag"))
    handle.drag_source_set(
        Gdk.ModifierType.BUTTON1_MASK, [Gtk.TargetEntry.new("text/uri-list", 0, 0)], Gdk.DragAction.COPY
    )
    handle.connect("drag-data-get", lambda _box, _context, data, _info, _time: data.set_uris(uris))
    handle.connect("drag-end", lambda *_: say("done"))
    window.add(handle)
    window.connect("destroy", Gtk.main_quit)
    window.connect("map-event", lambda *_: say("ready"))
    window.show_all()
    Gtk.main()


main()
