"""Shortest legs on the road, the corridor graph of posts and places, and chains of posts in order of cost."""
