"""What people touch: command line, web page, digests, exports, health."""
