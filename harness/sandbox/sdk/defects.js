// Faults planted on purpose, to show that a harness notices them. Each is a function that overrides
// what it breaks; the payload of the session names those to apply.
sdk.defects = {
  known: {},
  applied: new Set(),

  apply(ids) {
    for (const id of ids) {
      if (!sdk.defects.known[id] || sdk.defects.applied.has(id)) continue;
      sdk.defects.applied.add(id);
      sdk.defects.known[id](sdk);
    }
  },
};
