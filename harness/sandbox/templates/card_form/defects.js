// Faults planted in the card form on purpose, by id; each overrides what it breaks.
cardForm.defects = {};
