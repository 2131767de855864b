"""Tables and the functions that read and write them; tables never leave this room."""
