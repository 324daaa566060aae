//! `{{media}}`: a picture, a film or a sound by its address.

use serde_json::json;

use crate::case::case;

const DOCUMENT: &str = "{{media contentType=kind url=address}}";

cases! {
    gives_a_part_with_type_and_address:
        case(DOCUMENT)
            .input(json!({"kind": "image/png", "address": "http://x/y/z"}))
            .gives("messages", json!([
                {
                    "role": "user",
                    "content": [{"media": {"contentType": "image/png", "url": "http://x/y/z"}}],
                },
            ]));

    needs_no_type:
        case("{{media url=address}}")
            .input(json!({"address": "https://example.org/cat.webp"}))
            .gives("messages", json!([
                {"role": "user", "content": [{"media": {"url": "https://example.org/cat.webp"}}]},
            ]));

    takes_films:
        case(DOCUMENT)
            .input(json!({"kind": "video/webm", "address": "https://example.org/cat.webm"}))
            .gives("messages", json!([
                {
                    "role": "user",
                    "content": [{
                        "media": {
                            "contentType": "video/webm",
                            "url": "https://example.org/cat.webm",
                        },
                    }],
                },
            ]));

    takes_sounds:
        case(DOCUMENT)
            .input(json!({"kind": "audio/ogg", "address": "https://example.org/purr.ogg"}))
            .gives("messages", json!([
                {
                    "role": "user",
                    "content": [{
                        "media": {
                            "contentType": "audio/ogg",
                            "url": "https://example.org/purr.ogg",
                        },
                    }],
                },
            ]));
}
