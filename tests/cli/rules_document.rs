//! One firing test for each rule about front matter and text, with the place.

use snapbox::{IntoData, str};

use crate::sandbox::{GREETING, sandbox, with_greeting};

/// A draft on which `validate` has just this to say.
#[track_caller]
fn finds(draft: impl AsRef<[u8]>, expected: impl IntoData) {
    let sandbox = sandbox();
    sandbox.file("prompts/broken/draft.prompt", draft);
    sandbox.run(["validate"]).exits(1).prints(expected);
}

#[test]
fn alias_bomb() {
    let mut draft = "---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..8 {
        let below = format!("*a{}", level - 1);
        draft.push_str(&format!(
            "a{level}: &a{level} [{}]\n",
            [below.as_str(); 10].join(", ")
        ));
    }
    draft.push_str("---\nHello\n");
    finds(
        draft,
        str![[r#"
error[alias-bomb]: front matter: more than 20000 values or 1048576 bytes once aliases are followed
 --> prompts/broken/draft.prompt:2:19
2 | a0: &a0 [x, x, x, x, x, x, x, x, x, x]
  |                   ^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn conflict_marker() {
    finds(
        "Hello\n<<<<<<< HEAD\nAda\n=======\nEve\n>>>>>>> topic\n",
        str![[r#"
error[conflict-marker]: a conflict marker of git stands here
 --> prompts/broken/draft.prompt:2:1
2 | <<<<<<< HEAD
  | ^^^^^^^^^^^^
  hint: edit the file: keep what should stay and delete the marker lines
error[conflict-marker]: a conflict marker of git stands here
 --> prompts/broken/draft.prompt:6:1
6 | >>>>>>> topic
  | ^^^^^^^^^^^^^
  hint: edit the file: keep what should stay and delete the marker lines
2 errors, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn duplicate_key() {
    let sandbox = sandbox();
    sandbox.draft(
        "broken",
        "---\ndescription: d\nmodel: a/b\nmodel: c/d\n---\nHello\n",
    );
    sandbox
        .run(["validate"])
        .exits(1)
        .mentions("error[duplicate-key]: front matter: duplicate key `model`")
        .mentions(" --> prompts/broken/draft.prompt:4:1\n");
    sandbox.draft(
        "broken",
        "---\nconfig:\n  top: 1\n  temperature: 1\n  temperature: 2\n---\nHello\n",
    );
    sandbox
        .run(["validate"])
        .exits(1)
        .mentions("error[duplicate-key]: front matter: config: duplicate key `temperature`")
        .mentions(" --> prompts/broken/draft.prompt:5:3\n");
}

#[test]
fn empty_body() {
    finds(
        "---\ndescription: Nothing\n---\n \n\n",
        str![[r#"
error[empty-body]: the body is blank
 --> prompts/broken/draft.prompt:4:1
4 |  
  | ^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
    finds(
        "",
        str![[r#"
error[empty-body]: the body is blank
  --> prompts/broken/draft.prompt:1:1
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn file_too_large() {
    finds(
        "a".repeat(256 * 1024 + 1),
        str![[r#"
error[file-too-large]: the body has 262145 bytes; the limit is 262144
 --> prompts/broken/draft.prompt:1:1
1 | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
  | ^
  hint: `[limits] template-bytes` in promptctl.toml sets it
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
    let comment = format!("---\n# {}\n---\nHello\n", "a".repeat(64 * 1024));
    finds(
        comment,
        str![[r#"
error[file-too-large]: the front matter has 65538 bytes; the limit is 65536
 --> prompts/broken/draft.prompt:2:1
2 | # aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
  | ^
  hint: `[limits] front-matter-bytes` in promptctl.toml sets it
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn file_too_large_by_the_settings() {
    let sandbox = with_greeting();
    sandbox.file(
        "promptctl.toml",
        "format = 1\n[limits]\ntemplate-bytes = 10\n",
    );
    sandbox.draft("long", "Hello everybody\n");
    sandbox.run(["validate", "long"]).exits(1).prints(str![[r#"
error[file-too-large]: the body has 16 bytes; the limit is 10
 --> prompts/long/draft.prompt:1:1
1 | Hello everybody
  | ^
  hint: `[limits] template-bytes` in promptctl.toml sets it
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]]);
}

#[test]
fn invalid_yaml() {
    finds(
        "---\ndescription: [a, b\n---\nHello\n",
        str![[r#"
error[invalid-yaml]: front matter: did not find expected ',' or ']'
 --> prompts/broken/draft.prompt:2:19
2 | description: [a, b
  |                   ^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
    finds(
        "---\nmodel: a\n  config: b\n---\nHello\n",
        str![[r#"
error[invalid-yaml]: front matter: mapping values are not allowed in this context
 --> prompts/broken/draft.prompt:3:9
3 |   config: b
  |         ^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
    finds(
        "---\nconfig: {temperature: .nan}\n---\nHello\n",
        str![[r#"
error[invalid-yaml]: front matter: config.temperature: infinity and NaN are not allowed; quote the word
 --> prompts/broken/draft.prompt:2:23
2 | config: {temperature: .nan}
  |                       ^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn not_utf8() {
    finds(
        [b'H', b'i', 0xff, b'\n'],
        str![[r#"
error[not-utf8]: the draft is not UTF-8
  --> prompts/broken/draft.prompt
1 error, 0 warnings in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn unclosed_front_matter() {
    finds(
        "---\ndescription: Greets\nHello\n",
        str![[r#"
error[unclosed-front-matter]: the front matter opened here is never closed
 --> prompts/broken/draft.prompt:1:1
1 | ---
  | ^^^
  hint: add a line `---` between the front matter and the prompt's text
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn wrong_key_type() {
    finds(
        "---\ndescription: [a]\n---\nHello\n",
        str![[r#"
error[wrong-key-type]: `description` must be a text
 --> prompts/broken/draft.prompt:2:1
2 | description: [a]
  | ^^^^^^^^^^^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
    finds(
        "---\nmodel: a/b\npromptctl.tags: support\n---\nHello\n",
        str![[r#"
error[wrong-key-type]: `promptctl.tags` must be a list
 --> prompts/broken/draft.prompt:3:1
3 | promptctl.tags: support
  | ^^^^^^^^^^^^^^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
    finds(
        "---\nconfig: high\n---\nHello\n",
        str![[r#"
error[wrong-key-type]: `config` must be a map
 --> prompts/broken/draft.prompt:2:1
2 | config: high
  | ^^^^^^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn yaml_tag() {
    finds(
        "---\nmodel: !secret key\n---\nHello\n",
        str![[r#"
error[yaml-tag]: front matter: model: custom tags (`!name`) are not allowed
 --> prompts/broken/draft.prompt:2:8
2 | model: !secret key
  |        ^
1 error, 0 warnings, 1 remark in 1 prompt, 0 versions

"#]],
    );
}

#[test]
fn draft_unpublished() {
    let sandbox = with_greeting();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox.draft("new", GREETING);
    sandbox.run(["validate", "-v"]).succeeds().prints(str![[r#"
info[draft-unpublished]: the draft has unpublished edits
  --> prompts/greeting/draft.prompt
  hint: `promptctl patch greeting -m WHY` publishes them
info[draft-unpublished]: the draft was never published
  --> prompts/new/draft.prompt
  hint: `promptctl create new` publishes it
0 errors, 0 warnings, 2 remarks in 2 prompts, 1 version

"#]]);
}

#[test]
fn remarks_on_old_versions_whose_rules_came_later() {
    let sandbox = with_greeting();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Hi"));
    sandbox
        .run(["patch", "greeting", "-m", "Shorter"])
        .succeeds();
    sandbox.file(
        "promptctl.toml",
        "format = 1\n[limits]\ntemplate-bytes = 13\n",
    );
    sandbox.run(["validate", "-v"]).succeeds().prints(str![[r#"
info[file-too-large]: the body has 14 bytes; the limit is 13
 --> prompts/greeting/1.0.0.prompt:8:1
8 | Hello {{who}}!
  | ^
  hint: `[limits] template-bytes` in promptctl.toml sets it
0 errors, 0 warnings, 1 remark in 1 prompt, 2 versions

"#]]);
}
