"""Roads: the network type, how it is read and written, built, repaired, measured and checked."""
