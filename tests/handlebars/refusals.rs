//! Why this program refuses what handlebars.js renders. Each reason has its place in
//! `docs/handlebars.md`.

/// A reason, and words of the messages that give it.
pub(crate) struct Reason {
    pub(crate) title: &'static str,
    words: &'static [&'static str],
}

pub(crate) const REASONS: &[Reason] = &[
    Reason {
        title: "Numbers side by side",
        words: &["is a number right behind another one"],
    },
    Reason {
        title: "A partial whose name is computed",
        words: &["computes which partial to include"],
    },
    Reason {
        title: "Decorators",
        words: &[
            "an inline partial is written `{{#*inline",
            "of the tags with `*` only",
            // Its name has braces.
            "`{{` is never closed",
            "of the blocks with `*` only",
        ],
    },
    Reason {
        title: "Partials in a circle",
        words: &["inline partials form a circle"],
    },
    Reason {
        title: "A role that is computed",
        words: &["a role is written out", "there is no role `"],
    },
    Reason {
        title: "Media and sections without a usable name",
        words: &[
            "of `{{media}}` has a blank",
            "`{{media}}` has no address",
            "`media` needs the address",
            "`{{section}}` has a name without blanks",
            "the name of a section has no white space",
        ],
    },
    Reason {
        title: "A name that is no helper, with arguments",
        words: &["there is no helper `"],
    },
    Reason {
        title: "A helper in the wrong place",
        words: &[
            "is no block: `",
            "is a block: `",
            "it gives no value",
            "is a helper: `",
        ],
    },
    Reason {
        title: "Other arguments than a helper has",
        words: &[
            "cannot take ",
            "has no argument `",
            "the name is given a value twice",
            "of `json` is no whole number",
            "there are no operators and no filters",
            "arguments by position come before those by name",
        ],
    },
    Reason {
        title: "A name that hides a helper",
        words: &["gave to a value, no helper", "handlebars.js takes `@"],
    },
    Reason {
        title: "Names that name nothing",
        words: &[
            "gives no names: `as |..|`",
            "has nothing to name",
            "names for a block are written `as |item|`",
        ],
    },
    Reason {
        title: "Names inside an inline partial",
        words: &["does not see `"],
    },
    Reason {
        title: "Names of the machinery",
        words: &[
            "is a name inside handlebars.js",
            "`@partial-block` is included, it has no value",
            "there is no partial `constructor`",
            "there is no partial `toString`",
            "there is no partial `hasOwnProperty`",
            "there is no partial `__proto__`",
        ],
    },
    Reason {
        title: "Numbers and words as names of blocks",
        words: &[
            "a block is not named by a number",
            "begins with `{{else}}`, without `#`",
        ],
    },
    Reason {
        title: "Names without characters, or with control characters",
        words: &[
            "the brackets before it hold no name",
            "never closed by `]` on its line",
            "[` is never closed",
            "a name has at least one character",
            "it cannot be part of a name",
            "`U+0000`",
        ],
    },
    Reason {
        title: "A string that ends in a backslash",
        words: &["the string `"],
    },
    Reason {
        title: "Half of a character, and objects with `toString`",
        words: &[
            "half of a character cannot be written",
            "an object with a member `toString`",
        ],
    },
    Reason {
        title: "More than the limits",
        words: &[
            "nest too deeply here: at most",
            "the template has too many ",
            "nest more than ",
            "rendering takes more than ",
            "the output is larger than ",
            "rendering took too long",
        ],
    },
];

/// Finds the reason that a message gives.
pub(crate) fn reason_of(message: &str) -> Option<&'static str> {
    let gives = |reason: &&Reason| reason.words.iter().any(|words| message.contains(words));
    REASONS.iter().find(gives).map(|reason| reason.title)
}
