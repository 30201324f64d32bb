//! Four services of one committee, as processes.

mod cable;
mod day;
mod four;
