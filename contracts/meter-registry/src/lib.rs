//! Meters of one grid, and the committee of oracles that attests their readings.
