//! Allocation rules, price rules and the settlement of one window; pure.
