use snapbox::str;

use crate::sandbox::{GREETING, TRIAGE, with_partial, with_versions};

#[test]
fn prints_the_file_byte_for_byte() {
    let sandbox = with_partial();
    sandbox
        .run(["show", "support/triage"])
        .succeeds()
        .prints(TRIAGE);
}

#[test]
fn finds_versions_by_number_range_label_and_latest() {
    let sandbox = with_versions();
    let body = |reference| {
        let shown = sandbox.run(["show", reference]);
        let text = shown.succeeds().stdout();
        text.lines().last().unwrap().to_owned()
    };
    assert_eq!(body("greeting"), "Hi {{who}}!");
    assert_eq!(body("greeting@1.0.0"), "Hello {{who}}!");
    assert_eq!(body("greeting@~1.0"), "Hi {{who}}!");
    assert_eq!(body("greeting@^1"), "Good day, {{who}}!");
    assert_eq!(body("greeting@staging"), "Good day, {{who}}!");
    assert_eq!(body("greeting@latest"), "Good day, {{who}}!");
}

#[test]
fn tells_what_is_known_about_a_version() {
    let sandbox = with_partial();
    sandbox
        .run(["show", "support/triage", "--meta"])
        .succeeds()
        .prints(str![[r#"
prompt     support/triage@1.0.0
kind       chat
labels     production
file       prompts/support/triage/1.0.0.prompt
sha256     bd505392f452c3453be59cf236709758d89971eb0efb9e1175ce2443c62f4e94
identity   3ef585f9eb70af57f75cc23bd0e3fdad31cf6fcc9ed147ed39e84b29f888be61
published  2026-11-20T10:00:00Z by Ada Example <ada@example.com>
message    First version
event      4c94566e1bcefc7b4691e09ba2822b4e746a79912afe9fb1a353e8d04c9c43a8
pin        {{> shared/tone}} is shared/tone@1.0.0

"#]]);
}

#[test]
fn tells_that_a_version_is_retired() {
    let sandbox = with_versions();
    sandbox.run(["retire", "greeting@1.0.0"]).succeeds();
    sandbox
        .run(["show", "greeting@1.0.0", "--meta", "--retired"])
        .succeeds()
        .prints(str![[r#"
prompt     greeting@1.0.0
kind       text
retired    yes
file       prompts/greeting/1.0.0.prompt
sha256     0bf8184aa99cb3f10dcc9789241cf4aac8645d4d4bbd86630c75bd128ba437ab
identity   cce6f207fe479fef24d13785cf05722765843ad7ba5f33e9f63c5c5097cf2bb1
published  2026-11-20T10:00:00Z by Ada Example <ada@example.com>
message    First version
event      44f102ac92905b3deb68cf13153ba40610c143a78dbd95e7b45da23f9afd97f7

"#]]);
}

#[test]
fn offers_ranges_for_half_a_version() {
    with_versions().refuses(
        ["show", "greeting@1.0"],
        2,
        str![[r#"
error: `1.0` is neither a version nor a range; write `^1.0` or `~1.0`
hint: `--help` shows what `<REF>` may be

"#]],
    );
}

#[test]
fn refuses_an_empty_selector() {
    with_versions().refuses(
        ["show", "greeting@"],
        2,
        str![[r#"
error: nothing follows the `@`
hint: `--help` shows what `<REF>` may be

"#]],
    );
}

#[test]
fn refuses_a_range_that_nothing_matches() {
    with_versions().refuses(
        ["show", "greeting@^2"],
        2,
        str![[r#"
error: no version of `greeting` matches `^2`
hint: `promptctl log greeting` shows the versions there are

"#]],
    );
}

#[test]
fn never_gives_another_version_for_a_bare_name() {
    let sandbox = with_versions();
    sandbox.run(["promote", "greeting", "--remove"]).succeeds();
    sandbox.refuses(
        ["show", "greeting"],
        2,
        str![[r#"
error: `greeting` has no label `production`
hint: `promptctl promote greeting@1.1.0` sets it; `greeting@latest` reads 1.1.0 without a label

"#]],
    );
}

#[test]
fn refuses_bytes_that_are_not_what_was_published() {
    let sandbox = with_versions();
    sandbox.file(
        "prompts/greeting/1.0.1.prompt",
        GREETING.replace("Hello", "Good bye"),
    );
    sandbox.refuses(["show", "greeting"], 4, str![[r#"
error: `prompts/greeting/1.0.1.prompt` was changed after it was published: its SHA-256 begins 615d13ebae0e, the changelog says 2f872bba9c25
hint: `git checkout -- prompts/greeting/1.0.1.prompt` brings it back; publish your edit with `promptctl patch greeting --file FILE`

"#]]);
    sandbox.remove("prompts/greeting/1.0.1.prompt");
    sandbox.refuses(
        ["show", "greeting"],
        4,
        str![[r#"
error: `prompts/greeting/1.0.1.prompt` is missing, and the changelog says that it was published
hint: `git checkout -- prompts/greeting/1.0.1.prompt`, or `promptctl resolve greeting`

"#]],
    );
}
