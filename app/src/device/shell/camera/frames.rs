//! Pictures from the page to the program, over a connection of this machine.
//!
//! Scripts can only be answered with texts, and a picture as a text takes longer than to read it. So the page connects to a
//! port of the program, where nobody is let in without the word that only the page was told.

use super::Picture;
use crate::device::Unavailable;
use crate::device::scanning::Stand;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use std::io;
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use subtle::ConstantTimeEq;
use tokio::sync::oneshot;
use tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tungstenite::http::StatusCode;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Message, WebSocket};

/// The page connects at once, or never.
const PATIENCE: Duration = Duration::from_secs(5);

/// Between two looks at whether somebody has knocked.
const ROUND: Duration = Duration::from_millis(5);

/// More bytes than any camera's picture has.
const LARGEST: usize = 64 << 20;

/// What the page says of a picture before its bytes.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
struct Head {
    width: u32,
    height: u32,
    /// Bytes a pixel: 1 for levels, 4 for red, green, blue and one more.
    depth: usize,
    /// Bytes a row.
    stride: usize,
    stand: Option<Place>,
}

/// [`Stand`] as the page tells it.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
struct Place {
    picture: (f32, f32),
    shown: (f32, f32),
    aim: (f32, f32),
    reach: f32,
}

/// A picture with where it stood, or that there will be no more.
type Answer = Result<(Picture, Option<Stand>), Unavailable>;

/// The program's end. The page's camera closes when it is dropped.
pub(super) struct Frames {
    /// Where the page is to connect to.
    pub(super) address: String,
    asked: Sender<(String, oneshot::Sender<Answer>)>,
    open: Arc<Mutex<Option<TcpStream>>>,
}

impl Frames {
    /// Waits for the page in a thread of its own.
    pub(super) fn start() -> Result<Self, Unavailable> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|_| Unavailable)?;
        let port = listener.local_addr().map_err(|_| Unavailable)?.port();
        let mut word = [0; 16];
        crate::device::random::fill(&mut word)?;
        let path = format!("/{}", URL_SAFE_NO_PAD.encode(word));
        let address = format!("ws://{}:{port}{path}", Ipv4Addr::LOCALHOST);
        let (asked, questions) = channel();
        let open = Arc::default();
        let opened = Arc::clone(&open);
        let serve = move || serve(listener, &path, &opened, &questions);
        thread::Builder::new().name("frames".to_owned()).spawn(serve).map_err(|_| Unavailable)?;
        Ok(Self { address, asked, open })
    }

    /// The newest picture that was not given yet; waits for it if there is none.
    pub(super) async fn next(&self, finder: &str) -> Answer {
        let (answer, answered) = oneshot::channel();
        self.asked.send((finder.to_owned(), answer)).map_err(|_| Unavailable)?;
        answered.await.map_err(|_| Unavailable)?
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let Some(stream) = self.open.lock().unwrap_or_else(PoisonError::into_inner).take() {
            // One that is closed already needs no closing.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn serve(
    listener: TcpListener,
    path: &str,
    open: &Mutex<Option<TcpStream>>,
    questions: &Receiver<(String, oneshot::Sender<Answer>)>,
) {
    // Every way out drops the questions, which tells who asks that there are no more pictures.
    let Some(mut page) = admit(listener, path) else { return };
    let Ok(stream) = page.get_ref().try_clone() else { return };
    *open.lock().unwrap_or_else(PoisonError::into_inner) = Some(stream);
    while let Ok((finder, answer)) = questions.recv() {
        let picture = ask(&mut page, finder);
        let is_over = picture.is_none();
        // Who has left does not hear the answer.
        let _ = answer.send(picture.ok_or(Unavailable));
        if is_over {
            return;
        }
    }
    // Fails if the page has gone first.
    let _ = page.close(None);
    let _ = page.flush();
}

/// Lets in who knows the word and closes the door behind it; others are turned away, and the page is waited for on.
fn admit(listener: TcpListener, path: &str) -> Option<WebSocket<TcpStream>> {
    listener.set_nonblocking(true).ok()?;
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        match listener.accept() {
            Ok((stream, _)) => {
                if let Some(page) = greet(stream, path) {
                    return Some(page);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => thread::sleep(ROUND),
            Err(_) => return None,
        }
    }
    None
}

#[expect(clippy::result_large_err, reason = "the type of a refusal is tungstenite's")]
fn greet(stream: TcpStream, path: &str) -> Option<WebSocket<TcpStream>> {
    stream.set_nonblocking(false).ok()?;
    stream.set_nodelay(true).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let check = |request: &Request, response: Response| {
        if bool::from(request.uri().path().as_bytes().ct_eq(path.as_bytes())) {
            return Ok(response);
        }
        let mut refusal = ErrorResponse::new(None);
        *refusal.status_mut() = StatusCode::FORBIDDEN;
        Err(refusal)
    };
    let sizes = WebSocketConfig::default().max_message_size(Some(LARGEST)).max_frame_size(Some(LARGEST));
    let page = tungstenite::accept_hdr_with_config(stream, check, Some(sizes)).ok()?;
    // A hidden page gives no pictures, and is waited for.
    page.get_ref().set_read_timeout(None).ok()?;
    Some(page)
}

/// One picture; nothing if the page has gone or says what makes no sense.
fn ask(page: &mut WebSocket<TcpStream>, finder: String) -> Option<(Picture, Option<Stand>)> {
    page.send(Message::text(finder)).ok()?;
    let head: Head = serde_json::from_str(read(page)?.to_text().ok()?).ok()?;
    let picture = picture(head, &read(page)?.into_data())?;
    let Some(place) = head.stand else { return Some((picture, None)) };
    let Place { picture: size, shown, aim, reach } = place;
    Some((picture, Some(Stand { picture: size, shown, aim, reach })))
}

/// The next message that says something.
fn read(page: &mut WebSocket<TcpStream>) -> Option<Message> {
    loop {
        match page.read().ok()? {
            message @ (Message::Text(_) | Message::Binary(_)) => return Some(message),
            Message::Close(_) => return None,
            _ => {}
        }
    }
}

/// The picture without what stands between its rows.
fn picture(head: Head, bytes: &[u8]) -> Option<Picture> {
    let Head { width, height, depth, stride, .. } = head;
    let row = usize::try_from(width).ok()?.checked_mul(depth)?;
    let rows = usize::try_from(height).ok()?;
    if !matches!(depth, 1 | 4) || row == 0 || stride < row || bytes.len() < stride.checked_mul(rows)? {
        return None;
    }
    let pixels = bytes.chunks_exact(stride).take(rows).flat_map(|bytes| &bytes[..row]).copied().collect();
    Some(Picture { width, height, is_levels: depth == 1, pixels })
}

#[cfg(test)]
mod tests;
