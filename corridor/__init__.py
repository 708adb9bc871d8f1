"""Find, price and map the routes of a truck between Pakistan, Central Asia, Belarus and Europe."""

__version__ = "0.1.0"
