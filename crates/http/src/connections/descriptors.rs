//! How many connections the descriptors of this process suffice for.

/// Those that the database, the listener, the watches and uploads may need besides.
const BESIDES: u64 = 256;
/// A connection has one, and the file that it is sent another.
const EACH: u64 = 2;
/// More are not asked for; macOS refuses more than 10,240.
#[cfg(unix)]
const ENOUGH: u64 = 8192;

/// The number, after asking the system for more descriptors where it grants them.
pub fn connections() -> usize {
    let room = descriptors().saturating_sub(BESIDES) / EACH;
    usize::try_from(room).unwrap_or(usize::MAX).max(16)
}

#[cfg(unix)]
fn descriptors() -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.unwrap_or(u64::MAX).min(ENOUGH);
    let raise = limit.current.is_some_and(|current| current < wanted);
    if raise && setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), ..limit }).is_ok() {
        return wanted;
    }
    limit.current.unwrap_or(u64::MAX)
}

/// Windows counts no descriptors.
#[cfg(not(unix))]
fn descriptors() -> u64 {
    u64::MAX
}
