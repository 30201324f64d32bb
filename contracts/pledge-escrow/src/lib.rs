//! Conditional pledges for shared infrastructure, paid out by milestones.
