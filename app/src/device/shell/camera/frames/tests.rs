//! The page at the other end is a thread of the test.

use super::*;
use core::future::Future;
use core::task::{Context, Poll, Waker};
use std::net::SocketAddr;

/// The page's end of a connection.
type Page = WebSocket<TcpStream>;

fn connect(address: &str) -> Option<Page> {
    let place: SocketAddr = address.strip_prefix("ws://")?.split('/').next()?.parse().ok()?;
    Some(tungstenite::client(address, TcpStream::connect(place).ok()?).ok()?.0)
}

/// Answers one question with a text and bytes; gives the question.
fn answer(page: &mut Page, head: &str, bytes: Vec<u8>) -> String {
    let question = page.read().unwrap().into_text().unwrap().to_string();
    page.send(Message::text(head)).unwrap();
    page.send(Message::binary(bytes)).unwrap();
    question
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let (mut future, mut context) = (core::pin::pin!(future), Context::from_waker(Waker::noop()));
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        thread::yield_now();
    }
}

const STAND: &str = r#""stand":{"picture":[4,2],"shown":[360,640],"aim":[180,300],"reach":90}"#;

#[test]
fn each_question_has_a_picture_without_what_stands_between_its_rows() {
    let frames = Frames::start().unwrap();
    let mut page = connect(&frames.address).unwrap();
    let script = thread::spawn(move || {
        let levels =
            answer(&mut page, &format!(r#"{{"width":3,"height":2,"depth":1,"stride":4,{STAND}}}"#), (0..8).collect());
        let colours =
            answer(&mut page, r#"{"width":1,"height":2,"depth":4,"stride":4,"stand":null}"#, (0..8).collect());
        (levels, colours)
    });
    let (levels, stand) = wait(frames.next("finder")).unwrap();
    assert_eq!((levels.width, levels.height, levels.is_levels), (3, 2, true));
    assert_eq!(levels.pixels, [0, 1, 2, 4, 5, 6]);
    let expected = Stand { picture: (4.0, 2.0), shown: (360.0, 640.0), aim: (180.0, 300.0), reach: 90.0 };
    assert_eq!(stand, Some(expected));
    let (colours, stand) = wait(frames.next("")).unwrap();
    assert_eq!((colours.pixels.len(), colours.is_levels, stand), (8, false, None));
    assert_eq!(script.join().unwrap(), ("finder".to_owned(), String::new()));
}

#[test]
fn whoever_does_not_know_the_word_is_turned_away_and_the_page_still_comes_in() {
    let frames = Frames::start().unwrap();
    let (host, _) = frames.address.rsplit_once('/').unwrap();
    for wrong in [format!("{host}/"), format!("{host}/AAAAAAAAAAAAAAAAAAAAAA"), format!("{}x", frames.address)] {
        assert!(connect(&wrong).is_none(), "{wrong}");
    }
    let mut page = connect(&frames.address).unwrap();
    let script = thread::spawn(move || answer(&mut page, r#"{"width":1,"height":1,"depth":1,"stride":1}"#, vec![7]));
    assert_eq!(wait(frames.next("")).unwrap().0.pixels, [7]);
    script.join().unwrap();
    assert!(connect(&frames.address).is_none(), "one page, once");
}

#[test]
fn what_makes_no_sense_ends_the_camera() {
    for (head, bytes) in [
        ("no JSON", vec![0; 4]),
        // Fewer bytes than rows, rows shorter than their pixels, no pixels, a depth that is none, more than there can be.
        (r#"{"width":2,"height":2,"depth":1,"stride":2}"#, vec![0; 3]),
        (r#"{"width":2,"height":2,"depth":1,"stride":1}"#, vec![0; 4]),
        (r#"{"width":0,"height":2,"depth":1,"stride":0}"#, vec![0; 4]),
        (r#"{"width":2,"height":2,"depth":2,"stride":4}"#, vec![0; 8]),
        (r#"{"width":4294967295,"height":4294967295,"depth":4,"stride":18446744073709551615}"#, vec![0; 4]),
    ] {
        let frames = Frames::start().unwrap();
        let mut page = connect(&frames.address).unwrap();
        let script = thread::spawn(move || answer(&mut page, head, bytes));
        assert!(wait(frames.next("")).is_err(), "{head}");
        assert!(wait(frames.next("")).is_err(), "{head}: it stays ended");
        script.join().unwrap();
    }
}

#[test]
fn either_end_closes_the_other() {
    let frames = Frames::start().unwrap();
    let page = connect(&frames.address).unwrap();
    drop(page);
    assert!(wait(frames.next("")).is_err());

    // While nothing is asked, and while an answer is waited for.
    for asks in [false, true] {
        let frames = Frames::start().unwrap();
        let mut page = connect(&frames.address).unwrap();
        if asks {
            let mut question = core::pin::pin!(frames.next("finder"));
            assert!(question.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            assert_eq!(page.read().unwrap().into_text().unwrap(), "finder");
        }
        drop(frames);
        let closed = loop {
            match page.read() {
                Ok(Message::Close(_)) | Err(_) => break true,
                Ok(Message::Text(_) | Message::Binary(_)) => break false,
                Ok(_) => {}
            }
        };
        assert!(closed);
    }
}
