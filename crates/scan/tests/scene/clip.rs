//! A second of video, thirty frames, as a hand holds a camera: no frame is good, and no two are the same.

use super::background::Background;
use super::classes::FRAME;
use super::code::Code;
use super::label::Label;
use super::random::Random;
use super::shot::{Light, Shot};

pub(crate) const CLIPS: [&str; 4] = ["noise", "blur", "glare", "tiny"];

/// Frames of a clip.
pub(crate) const LENGTH: usize = 30;

/// A hand: where it is and how it moves, per axis. It is pulled back to where it should be.
struct Hand {
    place: [f32; 5],
    speed: [f32; 5],
}

impl Hand {
    /// Across, down, turn, yaw, pitch; one frame later.
    fn step(&mut self, random: &mut Random) {
        const PUSH: [f32; 5] = [1.6, 1.6, 0.35, 0.5, 0.5];
        for (axis, push) in PUSH.into_iter().enumerate() {
            self.speed[axis] = 0.8 * self.speed[axis] - 0.03 * self.place[axis] + push * random.normal();
            self.place[axis] += self.speed[axis];
        }
    }
}

/// The label and a shot for each frame.
pub(crate) struct Clip {
    label: Label,
    shots: Vec<Shot>,
    seed: u64,
}

impl Clip {
    pub(crate) fn new(class: &str, code: &Code, random: &mut Random) -> Self {
        let module = match class {
            "tiny" => random.range(1.15, 1.45),
            "glare" => random.range(2.2, 3.5),
            _ => random.range(2.6, 4.0),
        };
        let mut shot = Shot::new(FRAME.0, FRAME.1, module);
        shot.background = Background::Plain(0.7);
        (shot.print.ink, shot.print.paper) = (0.25, 0.9);
        shot.print.margin = 10.0;
        shot.ambient = 0.8;
        shot.sensor.linear = true;
        shot.sensor.exposure = 0.8;
        shot.sensor.electrons = Some(400.0);
        let label = Label::print(code, &shot.print, random);
        let (turn, yaw, pitch) = (random.range(-20.0, 20.0), random.range(-10.0, 10.0), random.range(-10.0, 10.0));
        let mut hand = Hand { place: [0.0; 5], speed: [0.0; 5] };
        let side = code.columns as f32 * module;
        let shots = (0..LENGTH)
            .map(|_| {
                hand.step(random);
                let mut shot = shot.clone();
                let [x, y, more_turn, more_yaw, more_pitch] = hand.place;
                let middle = (FRAME.0 as f32 / 2.0 + x, FRAME.1 as f32 / 2.0 + y);
                shot.pose.at = middle;
                (shot.pose.turn, shot.pose.yaw, shot.pose.pitch) =
                    (turn + more_turn, yaw + more_yaw, pitch + more_pitch);
                // The shutter is open for a fourth of the time between frames.
                let (dx, dy) = (hand.speed[0] / 4.0, hand.speed[1] / 4.0);
                shot.path = super::classes::straight(dx.hypot(dy), dy.atan2(dx));
                shot.blur = random.range(0.4, 0.7);
                match class {
                    "noise" => shot.sensor.electrons = Some(random.range(4.0, 8.0)),
                    "blur" => {
                        shot.blur = module * random.range(0.6, 0.85);
                        shot.sensor.electrons = Some(120.0);
                    }
                    "glare" => {
                        for _ in 0..4 {
                            let at =
                                (middle.0 + random.range(-0.6, 0.6) * side, middle.1 + random.range(-0.6, 0.6) * side);
                            shot.lights.push(Light::Spot { at, radius: side * random.range(0.06, 0.14), add: 1.5 });
                        }
                    }
                    _ => shot.sensor.electrons = Some(60.0),
                }
                shot
            })
            .collect();
        Self { label, shots, seed: random.bits() }
    }

    /// One of its frames.
    pub(crate) fn frame(&self, index: usize) -> Vec<u8> {
        self.shots[index].show(&self.label, &mut Random::new(self.seed.wrapping_add(index as u64)))
    }
}
