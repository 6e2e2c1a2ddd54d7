"""What is proved of the checkout, a file for each of its parts."""
