"""The sandbox's HTTP side: who is asking, what they sent, and which part answers."""
