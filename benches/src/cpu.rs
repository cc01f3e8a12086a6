//! Time of the processor, of this program and of the programs it waited for.

use crate::Result;

/// What Linux tells times in, on every processor that Pail runs on.
const TICKS_PER_SECOND: f64 = 100.0;

/// Seconds of user and system together, so far.
#[derive(Debug, Clone, Copy)]
pub struct Cpu {
    /// Of this program, all threads.
    pub own: f64,
    /// Of programs that it started and that ended.
    pub children: f64,
}

/// Reads both.
pub fn used() -> Result<Cpu> {
    read(&std::fs::read_to_string("/proc/self/stat")?).ok_or_else(|| "The system does not tell times.".into())
}

/// The fields after the program's name, which may hold spaces: the 14th to 17th of all are the times.
fn read(stat: &str) -> Option<Cpu> {
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: Vec<f64> =
        fields.split_whitespace().skip(11).take(4).filter_map(|field| field.parse().ok()).collect();
    let [user, system, their_user, their_system] = ticks[..] else { return None };
    Some(Cpu {
        own: (user + system) / TICKS_PER_SECOND,
        children: (their_user + their_system) / TICKS_PER_SECOND,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_are_found_behind_any_name() {
        let cpu = read("7 (a) b (c)) S 1 2 3 4 5 6 7 8 9 10 100 20 300 40 0 0").unwrap();
        assert_eq!((cpu.own, cpu.children), (1.2, 3.4));
        assert!(read("7 (a) S 1 2").is_none());
    }
}
