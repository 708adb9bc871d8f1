"""What the user asks: reading, checking and writing scenario files."""
