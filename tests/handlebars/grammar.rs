//! Random templates after the grammar of Handlebars.

use crate::random::Random;

pub(crate) const TEXTS: &[&str] = &[
    "a", "b", " ", "  ", "\n", "\n\n", "x\n", "\n  ", "  \n", "\t", "y ", " y", "- ", ".", "{",
    "}", "}}", "\\", "\\\\", "é", "😀", "\r\n", "\r", "\u{a0}", "\u{feff}", "\u{2028}", "\"", "'",
    "&<", "1",
];
pub(crate) const NAMES: &[&str] = &[
    "a", "b", "c", "d", "s", "n", "o", "list", "map", "none", "item",
];
#[rustfmt::skip]
const PATHS: &[&str] = &[
    "this", ".", "..", "this.a", "this/b", "./a", "../a", "../../b", "../this", "../.", "a.b",
    "a.b.c", "map.a", "map.b", "map.[a b]", "list.[0]", "list.[1].a", "list.length", "s.length",
    "s.[0]", "list.0", "[a b]", "[list].[0]", "@index", "@key", "@first", "@last", "@root",
    "@root.a", "@root.list.[0]", "@../index", "@../../key", "@auth.id", "@auth", "@state.a.b",
    "@none", "length", "toString", "constructor", "item.a", "map/a", "this.this", "a.length",
    "raw", "__proto__", "if", "each", "lookup", "json", "hasOwnProperty", "null", "true", "12",
    "\"a\"", "'a b'", "@this", "@.a",
];
#[rustfmt::skip]
const LITERALS: &[&str] = &[
    "\"x\"", "'y'", "\"\"", "1", "0", "-1", "1.5", "true", "false", "null", "undefined", "\"a\"",
    "\"length\"", "\"a b\"", "007", "1e3", "-0", "'\"'",
];
/// The partials of every such case.
pub(crate) const PARTIALS: &[&str] = &["p", "q", "r", "d/e"];
const INLINES: &[&str] = &["p", "in", "q", "block"];

/// Writes a template with blocks up to so deep; it includes the partials from a place on, so that files
/// do not include each other in a circle.
pub(crate) fn template(random: &mut Random, depth: usize, partials: usize) -> String {
    let mut writer = Writer {
        random,
        out: String::new(),
        partials,
        named: Vec::new(),
    };
    writer.nodes(depth);
    writer.out
}

/// Writes one template after the grammar.
struct Writer<'r> {
    random: &'r mut Random,
    out: String,
    /// The first of the partials that it includes: so files do not include each other in a circle.
    partials: usize,
    /// Names that the blocks around give.
    named: Vec<&'static str>,
}

impl Writer<'_> {
    fn nodes(&mut self, depth: usize) {
        for _ in 0..self.random.below(5) {
            self.node(depth);
        }
    }

    fn node(&mut self, depth: usize) {
        match self.random.below(if depth == 0 { 60 } else { 100 }) {
            0..=24 => {
                for _ in 0..=self.random.below(2) {
                    let text = self.random.pick(TEXTS);
                    self.out.push_str(text);
                }
            }
            25..=49 => self.output(),
            50..=52 => {
                let comment = self
                    .random
                    .pick(&["! c ", "!", "!-- {{x}} --", "!-- c --", "! -- "]);
                self.tag(comment);
            }
            53..=54 => self.marker(),
            55 => self.out.push_str("\\{{a}}"),
            56..=59 => self.partial(),
            60..=86 => self.block(depth - 1),
            87..=91 => self.partial_block(depth - 1),
            92..=96 => self.inline(depth - 1),
            97 => self.out.push_str("{{{{raw}}}}{{a}} {{/if}}{{{{/raw}}}}"),
            _ => self.out.push_str("{{> @partial-block}}"),
        }
    }

    /// Writes a tag, now and then with `~`.
    fn tag(&mut self, inside: &str) {
        let [before, after] = [self.random.chance(12), self.random.chance(12)];
        let tilde = |there| if there { "~" } else { "" };
        self.out.push_str(&format!(
            "{{{{{}{inside}{}}}}}",
            tilde(before),
            tilde(after)
        ));
    }

    fn output(&mut self) {
        let inside = match self.random.below(20) {
            0 => format!("lookup {} {}", self.argument(1), self.argument(1)),
            1 => format!("json {}", self.argument(1)),
            2 => format!(
                "json {} indent={}",
                self.argument(1),
                self.random.pick(&["2", "0", "'> '", "n", "a", "1.5"])
            ),
            3 => format!("log {}", self.argument(1)),
            4 => format!("&{}", self.path()),
            5 => {
                let path = self.path();
                self.out.push_str(&format!("{{{{{{{path}}}}}}}"));
                return;
            }
            6 if self.random.chance(10) => format!("{} {}", self.path(), self.argument(1)),
            _ => self.path(),
        };
        self.tag(&inside);
    }

    fn marker(&mut self) {
        let url = self.argument(0);
        let inside = match self.random.below(6) {
            0 | 1 => format!(
                "role \"{}\"",
                self.random.pick(&["system", "user", "model", "tool"])
            ),
            2 => "history".to_owned(),
            3 => format!("media url={url}"),
            4 => "section \"part\"".to_owned(),
            _ => format!("media url=\"u\" contentType={url}"),
        };
        self.tag(&inside);
    }

    fn path(&mut self) -> String {
        if !self.named.is_empty() && self.random.chance(30) {
            let name = self.random.pick(&self.named);
            return match self.random.below(4) {
                0 => format!("{name}.a"),
                1 => format!("../{name}"),
                _ => name.to_owned(),
            };
        }
        let from = if self.random.chance(60) { NAMES } else { PATHS };
        self.random.pick(from).to_owned()
    }

    fn argument(&mut self, depth: usize) -> String {
        match self.random.below(20) {
            0..=4 => self.random.pick(LITERALS).to_owned(),
            5 if depth > 0 => format!(
                "(lookup {} {})",
                self.argument(depth - 1),
                self.argument(depth - 1)
            ),
            6 if depth > 0 => format!("(json {})", self.argument(depth - 1)),
            7 if depth > 0 => format!("(log {})", self.argument(depth - 1)),
            _ => self.path(),
        }
    }

    fn block(&mut self, depth: usize) {
        let (open, close) = self.head();
        let names: &[&'static str] =
            if open.starts_with("each") || open.starts_with("with") || close == "list" {
                self.random.pick(&[
                    &[] as &[_],
                    &[],
                    &["item"],
                    &["a"],
                    &["item", "i"],
                    &["x", "a"],
                ])
            } else {
                &[]
            };
        let bars = if names.is_empty() {
            String::new()
        } else {
            format!(" as |{}|", names.join(" "))
        };
        let sign = if self.random.chance(8) { "^" } else { "#" };
        self.tag(&format!("{sign}{open}{bars}"));
        let around = self.named.len();
        self.named.extend(names);
        self.nodes(depth);
        self.named.truncate(around);
        for _ in 0..3 {
            if self.random.chance(12) {
                let (open, _) = self.head();
                self.tag(&format!("else {open}"));
                self.nodes(depth);
            }
        }
        if self.random.chance(30) {
            let turn = self.random.pick(&["else", "else", "^", " else "]);
            self.tag(turn);
            self.nodes(depth);
        }
        self.tag(&format!("/{close}"));
    }

    fn head(&mut self) -> (String, String) {
        let argument = self.argument(1);
        let zero = if self.random.chance(10) {
            " includeZero=true"
        } else {
            ""
        };
        let (open, close) = match self.random.below(12) {
            0..=2 => (format!("if {argument}{zero}"), "if"),
            3 => (format!("unless {argument}{zero}"), "unless"),
            4 | 5 => ("each list".to_owned(), "each"),
            6 => (format!("each {argument}"), "each"),
            7 => (format!("with {argument}"), "with"),
            8 => {
                let other = self.argument(1);
                let name = self.random.pick(&["ifEquals", "unlessEquals"]);
                (format!("{name} {argument} {other}"), name)
            }
            9 => ("list".to_owned(), "list"),
            _ => {
                let path = self.path();
                return (path.clone(), path.trim_matches(['"', '\'']).to_owned());
            }
        };
        (open, close.to_owned())
    }

    fn partial_call(&mut self) -> (String, String) {
        let files = if self.partials < PARTIALS.len() && !self.random.chance(2) {
            &PARTIALS[self.partials..]
        } else {
            INLINES
        };
        let name = match self.random.below(20) {
            0 => "@partial-block",
            1..=4 => self.random.pick(INLINES),
            _ => self.random.pick(files),
        };
        let mut call = name.to_owned();
        if self.random.chance(20) {
            call.push_str(&format!(" {}", self.argument(1)));
        }
        for _ in 0..self.random.below(3) {
            if self.random.chance(50) {
                let key = self.random.pick(&["a", "b", "item", "c", "length", "0"]);
                call.push_str(&format!(" {key}={}", self.argument(1)));
            }
        }
        (call, name.to_owned())
    }

    fn partial(&mut self) {
        let (call, _) = self.partial_call();
        self.tag(&format!("> {call}"));
    }

    fn partial_block(&mut self, depth: usize) {
        let (call, name) = self.partial_call();
        self.tag(&format!("#> {call}"));
        self.nodes(depth);
        self.tag(&format!("/{name}"));
    }

    fn inline(&mut self, depth: usize) {
        let name = self.random.pick(INLINES);
        self.tag(&format!("#*inline \"{name}\""));
        self.nodes(depth);
        self.tag("/inline");
    }
}
