"""Roads out of OpenStreetMap extracts: read, contracted, cut at the border posts, given truck speeds."""
