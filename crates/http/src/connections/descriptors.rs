//! How many connections the descriptors of this process suffice for.

/// Those that the database, the listener, the watches and uploads may need besides.
const BESIDES: u64 = 256;
/// A connection has one, and the file that it is sent another.
const EACH: u64 = 2;

/// The number, `most` at most, after asking the system for as many descriptors as those need, where it grants them.
pub fn connections(most: usize) -> usize {
    let wanted = u64::try_from(most).unwrap_or(u64::MAX).saturating_mul(EACH).saturating_add(BESIDES);
    let room = descriptors(wanted).saturating_sub(BESIDES) / EACH;
    usize::try_from(room).unwrap_or(usize::MAX).max(16).min(most)
}

#[cfg(unix)]
fn descriptors(wanted: u64) -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.unwrap_or(u64::MAX).min(wanted);
    let raise = limit.current.is_some_and(|current| current < wanted);
    if raise && setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), ..limit }).is_ok() {
        return wanted;
    }
    limit.current.unwrap_or(u64::MAX)
}

/// Windows counts no descriptors.
#[cfg(not(unix))]
fn descriptors(_: u64) -> u64 {
    u64::MAX
}
