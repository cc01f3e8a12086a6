//! One window to a home: a second start on the same home brings the first window to the front and ends.
//!
//! The first window holds a lock on a file in the home; the system lets go of it when the window ends, however it ends.
//! Beside it lies where to knock. Two homes are two windows.

use parking_lot::Mutex;
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

const LOCK: &str = "window.lock";
const DOOR: &str = "window.door";
/// How long a second start waits for the first window, which may be starting itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who may open the window of a home.
pub enum Claim {
    /// We may.
    Ours(Instance),
    /// Another window is open on the home and has come to the front.
    Theirs,
    /// Another window is open on the home and does not answer.
    Silent,
}

/// What to do when a second start knocks; whether there was a window to show.
type Knock = Arc<Mutex<Option<Box<dyn Fn() -> bool + Send>>>>;

/// The right to the home's window; given up when dropped.
pub struct Instance {
    _lock: Option<File>,
    knock: Knock,
}

impl Instance {
    /// From now on a second start calls this. Where it gives false, such as while the window closes, the second start
    /// waits for its turn.
    pub fn on_knock(&self, act: impl Fn() -> bool + Send + 'static) {
        *self.knock.lock() = Some(Box::new(act));
    }
}

/// Asks for the home's window. Where the file system has no locks, or the home cannot be written, everybody may: what is
/// wrong with the home is for the engine to say.
pub fn claim(home: &Path) -> Claim {
    claim_within(home, PATIENCE)
}

fn claim_within(home: &Path, patience: Duration) -> Claim {
    let knock = Knock::default();
    let Ok(lock) = lock_file(home) else { return Claim::Ours(Instance { _lock: None, knock }) };
    let end = Instant::now() + patience;
    loop {
        match lock.try_lock() {
            Ok(()) => {
                if let Err(error) = open_door(&home.join(DOOR), knock.clone()) {
                    eprintln!("A second start will not find this window: {error}");
                }
                return Claim::Ours(Instance { _lock: Some(lock), knock });
            }
            Err(TryLockError::Error(_)) => return Claim::Ours(Instance { _lock: None, knock }),
            Err(TryLockError::WouldBlock) => {}
        }
        if knock_at(&home.join(DOOR)).is_ok() {
            return Claim::Theirs;
        }
        if Instant::now() >= end {
            return Claim::Silent;
        }
        thread::sleep(Duration::from_millis(100));
    }
}

fn lock_file(home: &Path) -> io::Result<File> {
    fs::create_dir_all(home)?;
    OpenOptions::new().write(true).create(true).truncate(false).open(home.join(LOCK))
}

/// Listens on the loopback and writes down where, with a word that only those who may read the home can know.
fn open_door(door: &Path, knock: Knock) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let word = word()?;
    let mut note = private(door)?;
    writeln!(note, "{} {word}", listener.local_addr()?)?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // One knock at a time, and none that dawdles: nothing a stranger sends can hold more than a second.
            drop(answer(stream, &word, &knock));
        }
    });
    Ok(())
}

fn answer(mut stream: TcpStream, word: &str, knock: &Knock) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    let mut line = String::new();
    BufReader::new((&stream).take(100)).read_line(&mut line)?;
    if line.trim_end() != word {
        return Ok(());
    }
    if knock.lock().as_ref().is_some_and(|act| act()) {
        return stream.write_all(b"come in\n");
    }
    // Not ready yet, or not any more: the other side knocks again.
    Ok(())
}

fn knock_at(door: &Path) -> io::Result<()> {
    let note = fs::read_to_string(door)?;
    let (address, word) = note.trim_end().split_once(' ').ok_or(io::ErrorKind::InvalidData)?;
    let address: SocketAddr = address.parse().map_err(|_| io::ErrorKind::InvalidData)?;
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    writeln!(stream, "{word}")?;
    let mut line = String::new();
    stream.take(100).read_to_string(&mut line)?;
    if line == "come in\n" { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

fn word() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A file that only this person may read.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn claim_soon(home: &Path) -> Claim {
        claim_within(home, Duration::from_millis(300))
    }

    #[test]
    fn a_second_start_on_the_same_home_knocks_and_ends() {
        let home = tempfile::tempdir().unwrap();
        let Claim::Ours(first) = claim(home.path()) else { panic!("the first start has the window") };
        let (sender, knocked) = mpsc::channel();
        first.on_knock(move || sender.send(()).is_ok());
        assert!(matches!(claim(home.path()), Claim::Theirs));
        knocked.try_recv().expect("the first window heard it");
    }

    #[test]
    fn two_homes_are_two_windows() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = claim(one.path());
        assert!(matches!(first, Claim::Ours(_)));
        assert!(matches!(claim(other.path()), Claim::Ours(_)));
    }

    #[test]
    fn the_home_is_free_again_when_its_window_has_closed() {
        let home = tempfile::tempdir().unwrap();
        drop(claim(home.path()));
        assert!(matches!(claim(home.path()), Claim::Ours(_)));
    }

    #[test]
    fn a_start_while_the_window_closes_waits_and_has_the_next_one() {
        let home = tempfile::tempdir().unwrap();
        let Claim::Ours(closing) = claim(home.path()) else { panic!("the first start has the window") };
        closing.on_knock(|| false);
        let end = thread::spawn(move || {
            thread::sleep(Duration::from_millis(300));
            drop(closing);
        });
        assert!(matches!(claim(home.path()), Claim::Ours(_)));
        end.join().unwrap();
    }

    #[test]
    fn a_window_that_does_not_answer_is_said_so() {
        let home = tempfile::tempdir().unwrap();
        let _not_ready = claim(home.path());
        assert!(matches!(claim_soon(home.path()), Claim::Silent));
    }

    #[test]
    fn nobody_gets_in_without_the_word() {
        let home = tempfile::tempdir().unwrap();
        let Claim::Ours(first) = claim(home.path()) else { panic!("the first start has the window") };
        first.on_knock(|| panic!("let in without the word"));
        let door = home.path().join(DOOR);
        let note = fs::read_to_string(&door).unwrap();
        fs::write(&door, format!("{} guess\n", note.split_once(' ').unwrap().0)).unwrap();
        assert!(matches!(claim_soon(home.path()), Claim::Silent));
    }

    #[test]
    fn a_home_that_cannot_be_written_is_left_for_the_engine_to_judge() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("a file");
        fs::write(&file, "").unwrap();
        assert!(matches!(claim(&file), Claim::Ours(_)));
    }
}
