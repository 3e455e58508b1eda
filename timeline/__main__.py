"""The process: `timeline`, or `python -m timeline`.

It makes what it needs to its end, and searching that for garbage, even while modules are loaded,
costs a fifteenth of a start. `serve`, which goes on, searches again (see `timeline.serve.process`).
"""

import gc

gc.disable()

from timeline.cli import run  # noqa: E402 - what it loads is loaded without the search

if __name__ == "__main__":
    run()
