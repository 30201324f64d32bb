//! Four services of one committee, in one process, beside a chain that is made up.

mod agreeing;
mod changing;
mod four;
