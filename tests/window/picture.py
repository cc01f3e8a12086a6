"""Takes a picture of a part of the screen, as a person sees it, drag and all.

Usage: picture.py X Y WIDTH HEIGHT FILE.png . (The driver's own pictures wait for ever on a page that is composited.)
"""

import sys

import gi

gi.require_version("Gdk", "3.0")
from gi.repository import Gdk  # noqa: E402

x, y, width, height = map(int, sys.argv[1:5])
Gdk.init([])
Gdk.pixbuf_get_from_window(Gdk.get_default_root_window(), x, y, width, height).savev(sys.argv[5], "png", [], [])
