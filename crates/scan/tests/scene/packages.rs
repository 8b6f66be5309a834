//! Symbols on goods, seen by the camera of a telephone: what goes wrong in a shop, several things at a time.
//!
//! A module is 0.25 to 0.5 mm wide, the camera 9 to 14 cm away and its focal length 1000 pixels. Light is linear until the
//! sensor has turned it into numbers, which the camera then sharpens and packs.

use std::f32::consts::PI;

use super::background::Background;
use super::classes::{FRAME, somewhere, straight};
use super::code::Code;
use super::random::Random;
use super::shot::{Light, Shot};
use super::surface::{Bend, Crumple};

pub(crate) const PACKAGES: [&str; 10] =
    ["can", "bottle", "cellophane", "cardboard", "inkjet", "foil", "reflection", "motion", "dusk", "crowded"];

/// A frame of a class.
pub(crate) fn shot(class: &str, code: &Code, random: &mut Random) -> Shot {
    let millimetre = random.range(0.25, 0.5);
    let module = 1000.0 * millimetre / random.range(90.0, 140.0);
    let mut shot = Shot::new(FRAME.0, FRAME.1, module);
    let side = code.columns as f32;
    shot.background = Background::Clutter;
    // Reflectances; the levels of a camera are their square roots.
    (shot.print.ink, shot.print.paper) = (random.range(0.18, 0.3), random.range(0.75, 0.95));
    shot.print.margin = random.range(12.0, 26.0);
    shot.print.spread = random.range(0.04, 0.12);
    shot.pose.turn = random.range(-25.0, 25.0);
    (shot.pose.yaw, shot.pose.pitch) = (random.range(-14.0, 14.0), random.range(-14.0, 14.0));
    shot.ambient = 0.6;
    shot.blur = random.range(0.5, 0.9);
    shot.sensor.linear = true;
    shot.sensor.noise = 0.004;
    shot.sensor.electrons = Some(random.range(800.0, 3000.0));
    shot.sensor.exposure = random.range(0.5, 1.0);
    shot.sensor.sharpen = random.range(0.2, 0.6);
    shot.sensor.jpeg = random.chance(0.5).then(|| random.whole(60, 90) as u8);
    shot.pose.at = somewhere((side * 0.72 + 4.0) * module, random);
    let at = shot.pose.at;
    let half = side * module / 2.0;
    match class {
        "can" => {
            shot.pose.bend =
                Bend::Cylinder { radius: random.range(26.0, 33.0) / millimetre, axis: random.range(-8.0, 8.0) };
            shot.gloss = random.range(0.0, 0.4);
        }
        "bottle" => {
            let axis = if random.chance(0.5) { 90.0 } else { 0.0 } + random.range(-12.0, 12.0);
            shot.pose.bend = Bend::Cylinder { radius: random.range(12.0, 22.0) / millimetre, axis };
            shot.gloss = random.range(0.1, 0.6);
            shot.ambient = 0.45;
        }
        "cellophane" => {
            shot.pose.bend = Bend::Crumpled(Crumple::new(side, 0.12, random));
            shot.gloss = 0.15;
            for _ in 0..random.whole(1, 3) {
                let place = (at.0 + random.range(-1.0, 1.0) * half, at.1 + random.range(-1.0, 1.0) * half);
                shot.lights.push(Light::Streak {
                    at: place,
                    angle: random.range(0.0, 180.0),
                    width: module * random.range(0.2, 0.7),
                    wave: module * random.range(0.0, 2.0),
                    add: random.range(0.25, 1.2),
                });
            }
        }
        "cardboard" => {
            (shot.print.ink, shot.print.paper) = (random.range(0.2, 0.3), random.range(0.5, 0.65));
            shot.print.grain = random.range(0.02, 0.06);
            shot.print.spread = random.range(0.15, 0.3);
            shot.print.blots = random.whole(0, 2);
        }
        "inkjet" => {
            (shot.print.ink, shot.print.paper) = (random.range(0.18, 0.32), random.range(0.55, 0.85));
            shot.print.dots = Some(random.range(0.72, 1.05));
            shot.print.jitter = random.range(0.02, 0.09);
            shot.print.spread = random.range(0.06, 0.14);
            shot.print.grain = random.range(0.0, 0.04);
            if random.chance(0.35) {
                shot.print.missing = vec![random.whole(1, code.rows - 2)];
            }
        }
        "foil" => {
            shot.pose.bend = Bend::Crumpled(Crumple::new(side, 0.45, random));
            shot.gloss = random.range(0.3, 0.8);
            shot.ambient = 0.35;
            (shot.print.ink, shot.print.paper) = (random.range(0.15, 0.25), random.range(0.6, 0.8));
        }
        "reflection" => {
            for _ in 0..random.whole(1, 2) {
                let place = (at.0 + random.range(-1.2, 1.2) * half, at.1 + random.range(-1.2, 1.2) * half);
                let radius = half * random.range(0.12, 0.4);
                shot.lights.push(Light::Spot { at: place, radius, add: random.range(0.5, 1.5) });
            }
            shot.lights.push(Light::Ramp { by: random.range(0.2, 0.6), leftward: random.chance(0.5) });
        }
        "motion" => shot.path = straight(module * random.range(0.6, 1.7) + 1.0, random.range(0.0, PI)),
        "dusk" => {
            shot.sensor.electrons = Some(random.range(18.0, 70.0));
            shot.blur = random.range(0.6, 1.1);
            shot.path = straight(module * random.range(0.0, 0.5), random.range(0.0, PI));
            shot.sensor.sharpen = random.range(0.0, 0.3);
        }
        _ => {
            shot.print.covered = random.whole(1, 3);
            shot.print.left = random.range(0.25, 1.2);
        }
    }
    shot
}
