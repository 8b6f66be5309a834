//! HTTP by hand: requests that no well-behaved client would send.

use crate::client::Answer;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// A connection that is kept from one request to the next.
pub struct Connection(TcpStream);

impl Connection {
    /// Opens one to `http://host:port`.
    pub fn open(base: &str) -> Self {
        let host = base.strip_prefix("http://").expect("plain HTTP");
        let stream = TcpStream::connect(host).unwrap_or_else(|error| panic!("{base} does not accept: {error}"));
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout can be set");
        stream.set_nodelay(true).expect("an option can be set");
        Self(stream)
    }

    /// Sends bytes and reads one answer; nothing if the server closes without one.
    pub fn send(&mut self, request: &[u8]) -> Option<Answer> {
        // A server may refuse before it has read all of it, and close.
        let _ = self.0.write_all(request);
        self.answer()
    }

    fn answer(&mut self) -> Option<Answer> {
        let mut bytes = Vec::new();
        let mut chunk = [0; 64 * 1024];
        loop {
            match self.0.read(&mut chunk) {
                Ok(0) | Err(_) => return answer(&bytes),
                Ok(read) => bytes.extend_from_slice(&chunk[..read]),
            }
            if let Some(whole) = answer(&bytes).filter(|answer| is_whole(&bytes, answer)) {
                return Some(whole);
            }
        }
    }
}

/// Sends bytes on a connection of their own.
pub fn send(base: &str, request: &[u8]) -> Option<Answer> {
    Connection::open(base).send(request)
}

/// The same, and says that nothing more will come.
pub fn send_and_close(base: &str, request: &[u8]) -> Option<Answer> {
    let mut connection = Connection::open(base);
    let _ = connection.0.write_all(request);
    let _ = connection.0.shutdown(Shutdown::Write);
    connection.answer()
}

/// A request line, `Host` and headers, and the body with its length.
pub fn request(base: &str, method: &str, target: &[u8], headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let host = base.strip_prefix("http://").expect("plain HTTP");
    let mut bytes = format!("{method} ").into_bytes();
    bytes.extend_from_slice(target);
    bytes.extend_from_slice(format!(" HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n").as_bytes());
    for (name, value) in headers {
        bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    bytes.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
    bytes.extend_from_slice(body);
    bytes
}

fn head_of(bytes: &[u8]) -> Option<(String, usize)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some((String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase(), end + 4))
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
}

fn answer(bytes: &[u8]) -> Option<Answer> {
    let (head, body) = head_of(bytes)?;
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    let headers = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect();
    let mut body = bytes[body..].to_vec();
    if header(&head, "transfer-encoding").is_some_and(|coding| coding.contains("chunked")) {
        body = dechunked(&body);
    }
    Some(Answer::new(status, headers, body))
}

/// Whether the body is as long as the head says; of a body in chunks only its end tells.
fn is_whole(bytes: &[u8], answer: &Answer) -> bool {
    let Some((head, _)) = head_of(bytes) else {
        return false;
    };
    match header(&head, "content-length").and_then(|len| len.parse::<usize>().ok()) {
        Some(len) => answer.bytes.len() >= len,
        None => bytes.ends_with(b"\r\n0\r\n\r\n"),
    }
}

/// RFC 9112, section 7.1.
fn dechunked(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = bytes.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(&bytes[..end]).ok().and_then(|hex| usize::from_str_radix(hex.trim(), 16).ok());
        let Some(size) = size.filter(|size| *size > 0) else {
            break;
        };
        let Some(chunk) = bytes.get(end + 2..end + 2 + size) else {
            break;
        };
        body.extend_from_slice(chunk);
        bytes = bytes.get(end + 2 + size + 2..).unwrap_or_default();
    }
    body
}
