//! The scanner: the `scan` crate in a thread of its own, so that the page is never kept waiting.

use super::camera::Picture;
use super::{PictureError, Unavailable};
use crate::device::scanning::{Found, Look, Seen, Symbology};
use scan::ImageError;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use tokio::sync::oneshot;

/// What the thread is asked for, and where its answer goes.
enum Job {
    Look(Picture, oneshot::Sender<scan::Look>),
    File(Vec<u8>, oneshot::Sender<Result<Vec<scan::Found>, ImageError>>),
    Forget,
}

/// A scanner. Its thread ends when it is dropped.
pub(crate) struct Scanner {
    jobs: Sender<Job>,
}

impl Scanner {
    /// Starts its thread.
    pub(crate) fn start() -> Result<Self, Unavailable> {
        let (jobs, waiting) = channel();
        thread::Builder::new().name("scanner".to_owned()).spawn(move || work(&waiting)).map_err(|_| Unavailable)?;
        Ok(Self { jobs })
    }

    /// It is at once.
    pub(crate) async fn ready(&self) -> Result<(), Unavailable> {
        Ok(())
    }

    /// Looks at what the camera sees. What it sees later adds up with it.
    pub(crate) async fn look(&self, picture: Picture) -> Result<Look, Unavailable> {
        let (answer, answered) = oneshot::channel();
        self.jobs.send(Job::Look(picture, answer)).map_err(|_| Unavailable)?;
        let look = answered.await.map_err(|_| Unavailable)?;
        Ok(Look {
            found: look.found.into_iter().map(found).collect(),
            seen: look.seen.into_iter().map(seen).collect(),
            light: Some(look.light),
            glare: look.glare,
        })
    }

    /// Reads a picture file.
    pub(crate) async fn read_file(&self, file: &[u8]) -> Result<Vec<Found>, PictureError> {
        let (answer, answered) = oneshot::channel();
        self.jobs.send(Job::File(file.to_vec(), answer)).map_err(|_| PictureError::NoScanner)?;
        match answered.await.map_err(|_| PictureError::NoScanner)? {
            Ok(all) => Ok(all.into_iter().map(found).collect()),
            Err(ImageError::UnknownFormat) => Err(PictureError::UnknownFormat),
            Err(ImageError::TooLarge) => Err(PictureError::TooLarge),
            Err(_) => Err(PictureError::Damaged),
        }
    }

    /// Forgets what the camera has seen, as when another one takes over.
    pub(crate) fn forget(&self) {
        // A thread that is gone remembers nothing.
        let _ = self.jobs.send(Job::Forget);
    }
}

fn work(waiting: &Receiver<Job>) {
    let mut scanner = scan::Scanner::new();
    while let Ok(job) = waiting.recv() {
        // Who has left does not hear the answer.
        match job {
            Job::Look(picture, answer) => _ = answer.send(picture.look(&mut scanner)),
            Job::File(file, answer) => _ = answer.send(scan::read_image(&file)),
            Job::Forget => scanner.reset(),
        }
    }
}

fn found(one: scan::Found) -> Found {
    Found { text: one.text, gs1: one.gs1, symbology: symbology(one.symbology), corners: one.corners }
}

fn seen(one: scan::Seen) -> Seen {
    Seen {
        symbology: symbology(one.symbology),
        corners: one.corners,
        module: one.module,
        sharpness: one.sharpness,
        contrast: one.contrast,
        glare: one.glare,
    }
}

fn symbology(one: scan::Symbology) -> Symbology {
    match one {
        scan::Symbology::DataMatrix => Symbology::DataMatrix,
        scan::Symbology::Qr => Symbology::Qr,
        scan::Symbology::Code128 | scan::Symbology::Ean13 | scan::Symbology::Ean8 => Symbology::Bars,
    }
}
