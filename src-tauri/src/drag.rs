//! Files dragged over the window, told to the page in its own pixels.
//!
//! Drags are taken here and not in the page: only the system's drag brings paths, and taking it in the page would need a
//! permission of the framework's.

use crate::page::{Page, Signal};
use parking_lot::Mutex;
use serde::Serialize;
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};
use tauri::{DragDropEvent, Manager, PhysicalPosition, Runtime, Window};

/// The page hears of the pointer's way at most this often.
const STEP: Duration = Duration::from_millis(50);

/// One step of a drag (`DropSignal` in `ui/src/host/host.ts`), in CSS pixels of the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum Drag {
    Enter { paths: Vec<String>, x: f64, y: f64 },
    Over { x: f64, y: f64 },
    Drop { paths: Vec<String>, x: f64, y: f64 },
    Leave,
}

/// The drag that is over the window now, if it brings files.
#[derive(Default)]
pub struct Drags(Mutex<Option<Under>>);

/// Where the pointer is, and when the page last heard of it.
struct Under {
    at: (f64, f64),
    told: Instant,
}

/// Hands a drag of the system's to the page.
pub fn forward<R: Runtime>(window: &Window<R>, event: &DragDropEvent) {
    let scale = window.scale_factor().unwrap_or(1.0);
    let page_scale = if PHYSICAL { scale } else { 1.0 };
    if let Some(drag) = window.state::<Drags>().step(event, page_scale, Instant::now()) {
        window.state::<Page>().tell(Signal::Drag(drag));
    }
}

/// Windows reports a drag in physical pixels. GTK and Cocoa report it in logical ones, which are the page's, though the
/// framework's type says otherwise.
const PHYSICAL: bool = cfg!(windows);

impl Drags {
    /// What the page should hear of this event, if anything.
    fn step(&self, event: &DragDropEvent, scale: f64, now: Instant) -> Option<Drag> {
        let mut under = self.0.lock();
        match event {
            DragDropEvent::Enter { paths, position } => {
                let paths = files(paths)?;
                let (x, y) = css(position, scale);
                *under = Some(Under { at: (x, y), told: now });
                Some(Drag::Enter { paths, x, y })
            }
            DragDropEvent::Over { position } => {
                let under = under.as_mut()?;
                under.at = css(position, scale);
                if now.duration_since(under.told) < STEP {
                    return None;
                }
                under.told = now;
                Some(Drag::Over { x: under.at.0, y: under.at.1 })
            }
            DragDropEvent::Drop { paths, .. } => {
                let paths = files(paths)?;
                // Some systems report the drop itself at 0, 0: it lies where the pointer was last.
                let (x, y) = under.take()?.at;
                Some(Drag::Drop { paths, x, y })
            }
            DragDropEvent::Leave => under.take().map(|_| Drag::Leave),
            _ => None,
        }
    }
}

/// The files among what is dragged; none for a drag of links or text.
fn files(paths: &[PathBuf]) -> Option<Vec<String>> {
    let files: Vec<_> =
        paths.iter().filter(|path| path.is_absolute()).map(|path| path.display().to_string()).collect();
    (!files.is_empty()).then_some(files)
}

fn css(position: &PhysicalPosition<f64>, scale: f64) -> (f64, f64) {
    (position.x / scale, position.y / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> PhysicalPosition<f64> {
        PhysicalPosition::new(x, y)
    }

    fn enter(path: &str) -> DragDropEvent {
        DragDropEvent::Enter { paths: vec![path.into()], position: at(20.0, 40.0) }
    }

    #[test]
    fn a_drop_lies_where_the_pointer_was_last() {
        let (drags, now) = (Drags::default(), Instant::now());
        let paths = vec!["/home/ines/Mug with lemons.jpg".to_owned()];
        assert_eq!(
            drags.step(&enter(&paths[0]), 2.0, now),
            Some(Drag::Enter { paths: paths.clone(), x: 10.0, y: 20.0 })
        );
        drags.step(&DragDropEvent::Over { position: at(60.0, 80.0) }, 2.0, now);
        let drop = DragDropEvent::Drop { paths: vec![paths[0].clone().into()], position: at(0.0, 0.0) };
        assert_eq!(drags.step(&drop, 2.0, now), Some(Drag::Drop { paths, x: 30.0, y: 40.0 }));
    }

    #[test]
    fn the_way_of_the_pointer_is_told_at_most_twenty_times_a_second() {
        let (drags, start) = (Drags::default(), Instant::now());
        drags.step(&enter("/a"), 1.0, start);
        let told = (1..=1000u32)
            .filter(|&millisecond| {
                let over = DragDropEvent::Over { position: at(f64::from(millisecond), 0.0) };
                drags.step(&over, 1.0, start + Duration::from_millis(millisecond.into())).is_some()
            })
            .count();
        assert_eq!(told, 20);
    }

    #[test]
    fn a_drag_without_files_is_not_told() {
        let (drags, now) = (Drags::default(), Instant::now());
        assert_eq!(drags.step(&enter("https://example.org/"), 1.0, now), None);
        assert_eq!(drags.step(&DragDropEvent::Over { position: at(1.0, 1.0) }, 1.0, now), None);
        assert_eq!(drags.step(&DragDropEvent::Leave, 1.0, now), None);
    }

    #[test]
    fn leaving_is_told_once() {
        let (drags, now) = (Drags::default(), Instant::now());
        drags.step(&enter("/a"), 1.0, now);
        assert_eq!(drags.step(&DragDropEvent::Leave, 1.0, now), Some(Drag::Leave));
        assert_eq!(drags.step(&DragDropEvent::Leave, 1.0, now), None);
    }
}
