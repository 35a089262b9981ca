// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import "../../../qml/jsontext.mjs" as JsonText
import QtTest

TestCase {
    name: "jsontext"

    function test_indents_data() {
        return [
            { tag: "object", text: '{"a":1,"b":[true,null]}',
              lines: ['{', '  "a": 1,', '  "b": [', '    true,', '    null', '  ]', '}'] },
            { tag: "white space", text: ' {\n"a" :\t1\r\n, "b": "c d" } ',
              lines: ['{', '  "a": 1,', '  "b": "c d"', '}'] },
            { tag: "empty", text: '[{ },[ ], ""]', lines: ['[', '  {},', '  [],', '  ""', ']'] },
            { tag: "objects in an array", text: '[{"a":{}},{"b":2}]',
              lines: ['[', '  {', '    "a": {}', '  },', '  {', '    "b": 2', '  }', ']'] },
            { tag: "same name twice", text: '{"a":1,"a":2}',
              lines: ['{', '  "a": 1,', '  "a": 2', '}'] },
            { tag: "signs in strings", text: '["{[,:]}","\\"","\\\\"]',
              lines: ['[', '  "{[,:]}",', '  "\\"",', '  "\\\\"', ']'] }
        ];
    }

    function test_indents(data) {
        compare(JsonText.indented(data.text), data.lines.join("\n"));
        if (data.text !== '{"a":1,"a":2}')
            compare(JsonText.indented(data.text), JSON.stringify(JSON.parse(data.text), null, 2));
        compare(JsonText.indented(data.lines.join("\n")), data.lines.join("\n"));
    }

    function test_changesNoValue_data() {
        return ["1234567890123456789", "19.0", "-0.50", "1E+400", "1e5", "\"\\u00e9\\/\"",
                "\"\\ud83d\"", "true", "null"].map(text => ({ tag: text, text: text }));
    }

    function test_changesNoValue(data) {
        compare(JsonText.indented(data.text), data.text);
        compare(JsonText.indented("[" + data.text + "]"), "[\n  " + data.text + "\n]");
        compare(JsonText.indented('{"n":' + data.text + "}"), '{\n  "n": ' + data.text + "\n}");
    }

    function test_leavesOtherTextAsItIs_data() {
        return ["", " ", "hello, [world]: {x}", "{broken", '{"a":1', '{"a" 1}', '{"a":1,}', '{,}',
                "[1,]", "[,1]", "[1 2]", "[1]]", "[1}", "1,2", "01", "1.", "+1", "NaN", "'a'",
                "True", "[True]", "[01]", "[1.]", "[-]", '"a', '"a\\"', '{1:2}', '{"a":1 "b":2}', '{"a"}', '{"a":}', "]", ":",
                "{} {}", "a…", "[1]…x"]
               .map(text => ({ tag: text, text: text }));
    }

    function test_leavesOtherTextAsItIs(data) {
        compare(JsonText.indented(data.text), data.text);
    }

    // The view keeps the beginning of a long text.
    function test_indentsWhatWasCutOff_data() {
        return [
            { tag: "in a string", text: '{"a":"b c…', lines: ['{', '  "a": "b c…'] },
            { tag: "in an escape", text: '{"a":"b\\…', lines: ['{', '  "a": "b\\…'] },
            { tag: "in a number", text: '[1,23…', lines: ['[', '  1,', '  23…'] },
            { tag: "in a word", text: '[fal…', lines: ['[', '  fal…'] },
            { tag: "after a bracket", text: '[1,[…', lines: ['[', '  1,', '  […'] },
            { tag: "after a name", text: '{"a"…', lines: ['{', '  "a"…'] },
            { tag: "at the end", text: '{"a":1}…', lines: ['{', '  "a": 1', '}…'] },
            { tag: "not JSON", text: "some [text]…", lines: ["some [text]…"] }
        ];
    }

    function test_indentsWhatWasCutOff(data) {
        compare(JsonText.indented(data.text), data.lines.join("\n"));
    }

    function test_leavesDeepTextAsItIs() {
        const text = "[".repeat(1000) + "]".repeat(1000);
        compare(JsonText.indented(text), text);
        verify(JsonText.indented("[".repeat(100) + "]".repeat(100)).includes("\n    [\n"));
    }

    // The time and the length of the result rise with the length of the text, whatever is in it.
    function test_isBounded_data() {
        const million = 1000000;
        return [
            { tag: "brackets", text: "[".repeat(million) },
            { tag: "nested", text: "[".repeat(million / 2) + "]".repeat(million / 2) },
            { tag: "backslashes", text: "\"" + "\\".repeat(million) + "\"" },
            { tag: "escaped quotes", text: "\"" + "\\\"".repeat(million / 2) + "\"" },
            { tag: "white space", text: " ".repeat(million) },
            { tag: "a word", text: "x".repeat(million) },
            { tag: "digits", text: "1".repeat(million) },
            { tag: "numbers", text: "[" + "1,".repeat(million / 2) + "1]" }
        ];
    }

    function test_isBounded(data) {
        const start = Date.now();
        const result = JsonText.indented(data.text);
        verify(result.length <= 4 * data.text.length + 65536 + data.text.length);
        verify(Date.now() - start < 20000); // 100 ms; hours if it were quadratic
    }
}
