"""What may be: distributions of what is not known and of luck, their draws, shared shocks and closures."""
