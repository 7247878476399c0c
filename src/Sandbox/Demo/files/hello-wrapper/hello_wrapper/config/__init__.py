"""What the wrapper knows about itself."""
