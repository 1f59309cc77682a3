//! A drawn band: from the shop's town to the buyer's, and where the parcel is in between.

use crate::ui::unique_id;
use leptos::prelude::*;
use stylers::style_sheet;

type Point = (f64, f64);

/// The road, as three curves: start, two handles, end.
const ROAD: [[Point; 4]; 3] = [
    [(72.0, 26.0), (120.0, 20.0), (150.0, 40.0), (196.0, 40.0)],
    [(196.0, 40.0), (250.0, 40.0), (262.0, 66.0), (314.0, 74.0)],
    [(314.0, 74.0), (330.0, 78.0), (340.0, 74.0), (346.0, 58.0)],
];
/// Into how many pieces a curve is cut to measure it.
const PIECES: u32 = 24;

fn on_curve([a, b, c, d]: [Point; 4], at: f64) -> Point {
    let left = 1.0 - at;
    let mix = |a: f64, b: f64, c: f64, d: f64| {
        left.powi(3) * a + 3.0 * left.powi(2) * at * b + 3.0 * left * at.powi(2) * c + at.powi(3) * d
    };
    (mix(a.0, b.0, c.0, d.0), mix(a.1, b.1, c.1, d.1))
}

/// The point of the road after so many hundredths of its length.
fn along(progress: u32) -> Point {
    let points: Vec<Point> = ROAD
        .iter()
        .flat_map(|curve| (0..=PIECES).map(|piece| on_curve(*curve, f64::from(piece) / f64::from(PIECES))))
        .collect();
    let lengths: Vec<f64> =
        points.windows(2).map(|pair| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1)).collect();
    let goal = lengths.iter().sum::<f64>() * f64::from(progress.min(100)) / 100.0;
    let mut gone = 0.0;
    for (pair, length) in points.windows(2).zip(&lengths) {
        if *length > 0.0 && gone + length >= goal {
            let part = (goal - gone) / length;
            return (pair[0].0 + (pair[1].0 - pair[0].0) * part, pair[0].1 + (pair[1].1 - pair[0].1) * part);
        }
        gone += length;
    }
    ROAD[2][3]
}

/// A drawn band with the parcel at its place. It says nothing that the timeline does not say in words.
#[component]
pub(super) fn RouteMap(
    /// Where it starts.
    #[prop(into)]
    from: Signal<String>,
    /// Where it goes.
    #[prop(into)]
    to: Signal<String>,
    /// How far it is, from 0 to 100.
    #[prop(into)]
    progress: Signal<u32>,
) -> impl IntoView {
    let class = style_sheet!("src/order/route_map.css");
    let gradient = unique_id("route");
    let paint = format!("url(#{gradient})");
    let truck = move || {
        let (x, y) = along(progress.get());
        format!("translate({x:.1} {y:.1})")
    };
    let road = "M72 26C120 20 150 40 196 40C250 40 262 66 314 74C330 78 340 74 346 58";
    view! { class=class,
        <svg class="route-map" viewBox="0 0 390 116" aria-hidden="true">
            <defs>
                <linearGradient id=gradient x1="0" y1="0" x2="1" y2="1">
                    <stop class="from" offset="0" />
                    <stop class="to" offset="1" />
                </linearGradient>
            </defs>
            <path
                class="land"
                d="M-4-4H394V120H362C352 106 330 108 318 98C300 84 286 92 262 82C236 70 214 74 190 60C164 46 140 52 112 36C84 22 60 30 40 16C24 6 10 8-4-4Z"
            />
            <g class="wave">
                <path d="M30 74q7-6 14 0t14 0" />
                <path d="M96 98q7-6 14 0t14 0" />
                <path d="M170 96q7-6 14 0t14 0" />
                <path d="M14 104q7-6 14 0t14 0" />
            </g>
            <path class="road ahead" d=road />
            <path
                class="road"
                d=road
                stroke=paint.clone()
                pathLength="100"
                stroke-dasharray=move || format!("{} 200", progress.get())
                data-none=move || (progress.get() == 0).then_some("")
            />
            <circle class="pin start" cx="72" cy="26" r="5" />
            <circle class="pin" cx="346" cy="56" r="5" />
            <g transform=truck>
                <circle r="15" fill=paint />
                <g class="truck" transform="translate(-9 -9) scale(.75)">
                    <path d="M2.5 6.5A1.5 1.5 0 0 1 4 5h9.5A1.5 1.5 0 0 1 15 6.5V17H9.5M4.5 17H4a1.5 1.5 0 0 1-1.5-1.5zM15 9.5h3.2a1.5 1.5 0 0 1 1.3.7l1.8 2.9a1.5 1.5 0 0 1 .2.8v1.6A1.5 1.5 0 0 1 20 17h-.3M15 17h-.2" />
                    <circle cx="7" cy="17.5" r="2.2" />
                    <circle cx="17.3" cy="17.5" r="2.2" />
                </g>
            </g>
            <text class="place" x="90" y="18">
                {move || from.get()}
            </text>
            <text class="place end" x="382" y="40">
                {move || to.get()}
            </text>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn the_parcel_starts_at_the_shop_and_ends_at_the_door() {
        assert_eq!(along(0), ROAD[0][0]);
        let (x, y) = along(100);
        assert!((x - 346.0).abs() < 0.01 && (y - 58.0).abs() < 0.01);
        assert!(along(40).0 < along(60).0);
    }
}
