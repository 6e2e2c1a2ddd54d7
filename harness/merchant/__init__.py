"""A merchant: a shop with a backend that holds the keys, and pages that embed the SDK."""
