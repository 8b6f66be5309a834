//! As much HTTP as it takes to ask whether somebody is well.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(5);

/// Whether a GET of this address on this machine is answered with a status of success.
pub(super) fn ok(address: &str) -> bool {
    status(address).is_some_and(|status| (200..300).contains(&status))
}

fn status(address: &str) -> Option<u16> {
    let rest = address.strip_prefix("http://")?;
    let (host, path) = rest.split_once('/')?;
    let socket: SocketAddr = host.parse().ok()?;
    let mut stream = TcpStream::connect_timeout(&socket, LIMIT).ok()?;
    stream.set_read_timeout(Some(LIMIT)).ok()?;
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").ok()?;
    let mut start = [0; 12];
    stream.read_exact(&mut start).ok()?;
    std::str::from_utf8(&start[9..]).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    fn answering(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/health", listener.local_addr().unwrap());
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            assert!(stream.read(&mut request).unwrap() > 0);
            stream.write_all(answer.as_bytes()).unwrap();
        });
        address
    }

    #[test]
    fn only_success_is_well() {
        assert!(ok(&answering("HTTP/1.1 200 OK\r\n\r\n")));
        assert!(!ok(&answering("HTTP/1.1 503 Service Unavailable\r\n\r\n")));
        assert!(!ok("http://127.0.0.1:1/health"));
    }
}
