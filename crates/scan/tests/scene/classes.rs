//! Fourteen ways in which a symbol is hard to read, one at a time, and bars.

use std::f32::consts::PI;

use super::background::Background;
use super::code::Code;
use super::random::Random;
use super::shot::{Light, Shot};
use super::surface::Bend;

/// Width and height of a frame.
pub(crate) const FRAME: (usize, usize) = (1280, 720);

pub(crate) const CLASSES: [&str; 14] = [
    "clean",
    "small",
    "tiny",
    "gblur",
    "mblur",
    "rotation",
    "perspective",
    "lowcontrast",
    "noise",
    "curved",
    "glare",
    "inverted",
    "damage",
    "phone",
];

/// Bars are read by lines, for which fewer things are hard.
pub(crate) const BAR_CLASSES: [&str; 8] =
    ["clean", "small", "gblur", "mblur", "rotation", "perspective", "lowcontrast", "noise"];

/// A straight movement of so many pixels.
pub(crate) fn straight(length: f32, angle: f32) -> Vec<(f32, f32)> {
    let steps = (length.round() as usize).max(2);
    let (sin, cos) = angle.sin_cos();
    (0..steps)
        .map(|step| {
            let along = length * ((step as f32 + 0.5) / steps as f32 - 0.5);
            (along * cos, along * sin)
        })
        .collect()
}

/// Somewhere in the frame with all of the label in view, if it is so small.
pub(crate) fn somewhere(reach: f32, random: &mut Random) -> (f32, f32) {
    let mut place = |length: usize| {
        let length = length as f32;
        if 2.0 * reach < length { random.range(reach, length - reach) } else { length / 2.0 }
    };
    (place(FRAME.0), place(FRAME.1))
}

/// A frame of a class.
pub(crate) fn shot(class: &str, code: &Code, random: &mut Random) -> Shot {
    let is_bars = code.rows == 1;
    let module = match class {
        "small" if is_bars => random.range(1.5, 2.2),
        "small" => random.range(2.0, 2.8),
        "tiny" => random.range(1.4, 1.9),
        "clean" if !is_bars => random.pick(&[3.0, 4.0, 5.0, 6.0, 8.0]),
        _ if is_bars => random.range(2.2, 4.5),
        _ => random.range(3.5, 7.0),
    };
    let mut shot = Shot::new(FRAME.0, FRAME.1, module);
    shot.background = Background::Clutter;
    (shot.print.ink, shot.print.paper) = (0.1, 0.92);
    let (width, height) = code.size();
    let side = width.max(height) + 2.0 * code.quiet as f32;
    shot.pose.focal = 3.0 * side * module;
    shot.pose.turn = random.range(-3.0, 3.0);
    let mut reach = 0.55;
    match class {
        "gblur" => shot.blur = module * random.range(0.35, 0.75) * if is_bars { 0.8 } else { 1.0 },
        "mblur" => shot.path = straight(module * random.range(0.6, 1.5), random.range(0.0, PI)),
        "rotation" => {
            shot.pose.turn = random.range(0.0, 360.0);
            reach = 0.72;
        }
        "perspective" => {
            shot.pose.yaw = random.sign() * random.range(20.0, 48.0);
            shot.pose.pitch = random.range(-25.0, 25.0);
        }
        "lowcontrast" => {
            shot.print.ink = random.range(105.0, 140.0) / 255.0;
            shot.print.paper = shot.print.ink + random.range(22.0, 50.0) / 255.0;
        }
        "noise" => {
            shot.sensor.noise = random.range(22.0, 50.0) / 255.0;
            if random.chance(0.5) {
                shot.sensor.salt = 0.01;
            }
        }
        "curved" => {
            shot.pose.focal = 20.0 * side * module;
            shot.pose.bend = Bend::Cylinder { radius: side / random.range(1.5, 2.2), axis: 0.0 };
            shot.ambient = 0.55;
        }
        "glare" => glare(&mut shot, 1.0, random),
        "inverted" => (shot.print.ink, shot.print.paper) = (0.88, 0.14),
        "damage" => {
            shot.print.scratches = random.whole(1, 3);
            shot.print.blots = 1;
        }
        "phone" => {
            shot.pose.turn = random.range(-35.0, 35.0);
            (shot.pose.yaw, shot.pose.pitch) = (random.range(-20.0, 20.0), random.range(-15.0, 15.0));
            shot.path = straight(module * random.range(0.2, 0.6), random.range(0.0, PI));
            glare(&mut shot, 0.5, random);
            shot.blur = random.range(0.5, 1.0);
            shot.sensor.noise = random.range(6.0, 14.0) / 255.0;
            reach = 0.72;
        }
        _ => {}
    }
    shot.pose.at = somewhere(reach * side * module + 10.0, random);
    shot
}

/// Light from one side, two lamps, and a camera that packs what it sees.
fn glare(shot: &mut Shot, strength: f32, random: &mut Random) {
    let (width, height) = (FRAME.0 as f32, FRAME.1 as f32);
    shot.lights.push(Light::Ramp { by: 0.65 * strength, leftward: random.chance(0.5) });
    for _ in 0..2 {
        let at = (random.range(0.0, width), random.range(0.0, height));
        shot.lights.push(Light::Spot { at, radius: random.range(60.0, 260.0), add: strength * 110.0 / 255.0 });
    }
    shot.sensor.jpeg = Some(random.whole(45, 75) as u8);
}
