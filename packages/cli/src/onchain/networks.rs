//! The network file that a command is to use.

use anyhow::Result;
use gridpact_client::Network;

use super::args::ChainArgs;
use super::exit::bad_argument;

/// The network file that the options name.
///
/// # Errors
/// None named, none of that name, or a file that is not as expected.
pub fn network(args: &ChainArgs) -> Result<Network> {
    let Some(name) = &args.network else {
        let known = known_networks(args);
        return Err(bad_argument(format!(
            "--network: expected a network of {} ({known}) or a network file, got none",
            args.networks.display()
        )));
    };
    Network::find(name, &args.networks).map_err(|error| bad_argument(error.to_string()))
}

fn known_networks(args: &ChainArgs) -> String {
    let entries = std::fs::read_dir(&args.networks).into_iter().flatten().flatten();
    let name = |entry: std::fs::DirEntry| Some(entry.file_name().to_str()?.strip_suffix(".toml")?.to_owned());
    let mut names: Vec<String> = entries.filter_map(name).collect();
    names.sort();
    if names.is_empty() {
        "it holds none".to_owned()
    } else {
        names.join(", ")
    }
}
