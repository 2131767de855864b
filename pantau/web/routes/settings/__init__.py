"""Pengaturan: sources, readers of the digest, accounts and tokens; a file for each kind of form."""
