"""What people and programs are shown: one function a file, over the same values.

Nothing here prints. Every function returns text (or a list of lines); the command line prints it.
All that stems from a file goes through `width.visible` first, so that no file can drive a terminal.
"""
