//! Four services of one committee, in one process, beside a chain that is made up.

mod agreeing;
mod away;
mod changing;
mod four;
