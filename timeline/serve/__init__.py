"""A feed over HTTP: what is published, kept up while its file is edited.

`conditions` is HTTP's own logic, `edition` what one state of the file becomes, `record` what was
published before, `watch` when a file has changed, `faults` what keeps it from being published, `live`
the one thing that moves, `page` what a person sees. `timeline.server` makes an ASGI app of them.
"""
