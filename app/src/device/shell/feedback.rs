//! Sound and touch, by the page.

use super::tell;
use assets::Note;

/// How loud a note is that says something, and one that only accompanies.
const LOUD: f32 = 0.22;
const SOFT: f32 = 0.06;

/// Plays notes one after the other.
pub(crate) fn play(notes: &[Note]) {
    sound(notes, LOUD);
}

/// Plays notes softly, as what goes on while nothing has happened yet.
pub(crate) fn whisper(notes: &[Note]) {
    sound(notes, SOFT);
}

/// One context for the life of the page: web views allow few. A short rise and a fall, or a note begins and ends with a click.
fn sound(notes: &[Note], loud: f32) {
    let body = "const context = globalThis.tanbaSound ??= new AudioContext();
        let at = context.currentTime + 0.02;
        for (const [hertz, seconds] of given.notes) {
          const [tone, volume] = [context.createOscillator(), context.createGain()];
          tone.type = 'triangle';
          tone.frequency.value = hertz;
          volume.gain.setValueAtTime(0, at);
          volume.gain.linearRampToValueAtTime(given.loud, at + 0.012);
          volume.gain.exponentialRampToValueAtTime(0.001, at + seconds);
          tone.connect(volume).connect(context.destination);
          tone.start(at);
          tone.stop(at + seconds);
          at += seconds;
        }";
    let notes: Vec<(f32, f64)> = notes.iter().map(|note| (note.hertz, f64::from(note.millis) / 1000.0)).collect();
    tell(body, &serde_json::json!({ "notes": notes, "loud": loud }));
}

/// Vibrates: milliseconds on, off, on… Nothing where the phone cannot.
pub(crate) fn vibrate(pattern: &[u32]) {
    tell("navigator.vibrate?.(given);", &pattern);
}
