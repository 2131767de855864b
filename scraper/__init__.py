"""Ground floor: what a piece of news is, and how a page becomes one."""
