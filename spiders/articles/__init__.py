"""From an address to one whole article: which pages to ask for, and how their answers become one."""
