"""Facts of a window → the content of an edition, as records. Pure."""
