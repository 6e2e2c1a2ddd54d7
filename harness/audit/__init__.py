"""The audit: planted defects show whether the scenarios notice a broken checkout."""
