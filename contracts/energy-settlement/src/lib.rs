//! Shares the surplus of each interval and keeps the balances of every household of one grid.
