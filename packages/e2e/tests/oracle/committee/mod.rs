//! Four services of one committee, as processes.

mod cable;
mod day;
mod four;
mod making;
mod stages;
mod witness;
