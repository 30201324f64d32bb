//! Messages, query responses and events of the three contracts.
