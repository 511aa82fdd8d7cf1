"""Facts of a window → the content of an edition. Pure; plain JSON out."""
