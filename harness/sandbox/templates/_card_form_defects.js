// Faults planted in the card form on purpose; each overrides what it breaks.
