//! Sound and touch.

use super::Unavailable;
use assets::Note;
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use web_sys::AudioContext;

thread_local! {
    /// One context for the life of the page: browsers allow few.
    static CONTEXT: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// Whether the person has touched the page; before that browsers refuse sound and vibration, and complain.
fn is_touched() -> bool {
    super::window().is_ok_and(|window| {
        let activation = super::property(&window.navigator(), "userActivation");
        activation.and_then(|state| super::property(&state, "hasBeenActive")).is_none_or(|been| been.is_truthy())
    })
}

/// How loud a note is that says something, and one that only accompanies.
const LOUD: f32 = 0.22;
const SOFT: f32 = 0.06;

/// Plays notes one after the other; silence where the browser does not allow sound.
pub(crate) fn play(notes: &[Note]) {
    try_play(notes, LOUD);
}

/// Plays notes softly, as what goes on while nothing has happened yet.
pub(crate) fn whisper(notes: &[Note]) {
    try_play(notes, SOFT);
}

fn try_play(notes: &[Note], level: f32) {
    if is_touched() {
        // A sound is an addition: what it says stands on the screen too.
        let _ = sound(notes, level);
    }
}

fn sound(notes: &[Note], loud: f32) -> Result<(), JsValue> {
    CONTEXT.with_borrow_mut(|slot| {
        let context = match slot {
            Some(context) => context,
            None => slot.insert(AudioContext::new()?),
        };
        let mut at = context.current_time() + 0.02;
        for note in notes {
            let length = f64::from(note.millis) / 1000.0;
            let (tone, volume) = (context.create_oscillator()?, context.create_gain()?);
            tone.set_type(web_sys::OscillatorType::Triangle);
            tone.frequency().set_value(note.hertz);
            // A short rise and a fall, or the note begins and ends with a click.
            let level = volume.gain();
            level.set_value_at_time(0.0, at)?;
            level.linear_ramp_to_value_at_time(loud, at + 0.012)?;
            level.exponential_ramp_to_value_at_time(0.001, at + length)?;
            tone.connect_with_audio_node(&volume)?;
            volume.connect_with_audio_node(&context.destination())?;
            tone.start_with_when(at)?;
            tone.stop_with_when(at + length)?;
            at += length;
        }
        Ok(())
    })
}

/// Vibrates: milliseconds on, off, on… Nothing where the phone cannot.
pub(crate) fn vibrate(pattern: &[u32]) {
    if is_touched() {
        let _ = try_vibrate(pattern);
    }
}

fn try_vibrate(pattern: &[u32]) -> Result<(), Unavailable> {
    let navigator = super::window()?.navigator();
    if super::property(&navigator, "vibrate").is_none() {
        return Err(Unavailable);
    }
    let pattern: js_sys::Array = pattern.iter().map(|millis| JsValue::from(*millis)).collect();
    navigator.vibrate_with_pattern(&pattern);
    Ok(())
}
