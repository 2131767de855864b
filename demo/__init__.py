"""A small newsroom of invented sites, served on loopback, for the demonstration and the tests."""
