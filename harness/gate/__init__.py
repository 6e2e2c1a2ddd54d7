"""The verdict: made from what a run left on disk, by a policy, whatever ended the run."""
