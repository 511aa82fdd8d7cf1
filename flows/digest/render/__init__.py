"""The content of an edition → HTML, text, pictures. The same edition gives the same bytes."""
