"""Which way should a truck go between Pakistan and Belarus, what does it cost, how long does it take?"""
__version__ = "0.1.0"
