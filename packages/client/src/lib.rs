//! Chain access for Gridpact: query, simulate, broadcast, wait, follow, and keys.
