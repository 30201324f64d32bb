//! P1: the port of Dutch, Belgian, Luxembourgish and Swedish meters, over TCP.

pub mod crc;
pub mod framing;
pub mod source;
pub mod telegram;
