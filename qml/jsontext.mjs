// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

const literal = /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/;
const scalarEnd = /[\s"{}[\],:]/g;

// The mark of a text of which only the beginning was kept.
const cut = "…";

// The position after the string that starts at this one, or -1 if it has no end.
function endOfString(text, start) {
    let end = start;
    for (;;) {
        end = text.indexOf("\"", end + 1);
        if (end < 0)
            return -1;
        let backslashes = 0;
        while (text[end - 1 - backslashes] === "\\")
            ++backslashes;
        if (backslashes % 2 === 0)
            return end + 1;
    }
}

function endOfScalar(text, start) {
    scalarEnd.lastIndex = start;
    const found = scalarEnd.exec(text);
    return found ? found.index : text.length;
}

// JSON text with one line for each member and element. Only white space between tokens changes:
// numbers and escapes stay as they were sent, which JSON.parse() does not promise. JSON that was cut
// off is indented as far as it goes. Any other text is returned as it is, and so is a text whose
// indentation would make it many times as long.
export function indented(text) {
    const limit = 4 * text.length + 65536;
    const isCut = text.endsWith(cut);
    const open = []; // the closing brackets that are missing, the innermost last
    const parts = [];
    let length = 0;
    let expected = "value"; // or "name", "colon", "comma", "end"
    let isFirst = false; // directly after an opening bracket

    function add(part) {
        parts.push(part);
        length += part.length;
    }

    function startLine() {
        add("\n" + "  ".repeat(open.length));
    }

    let i = 0;
    while (i < text.length) {
        const c = text[i];
        if (c === " " || c === "\n" || c === "\r" || c === "\t") {
            ++i;
            continue;
        }
        if (length > limit)
            return text;
        if (isCut && i === text.length - 1)
            return parts.join("") + cut;

        if (c === "}" || c === "]") {
            if (open.pop() !== c || !(isFirst || expected === "comma"))
                return text;
            if (!isFirst)
                startLine();
            add(c);
            ++i;
            isFirst = false;
            expected = open.length > 0 ? "comma" : "end";
            continue;
        }
        if (c === ",") {
            if (expected !== "comma")
                return text;
            add(c);
            ++i;
            startLine();
            expected = open[open.length - 1] === "}" ? "name" : "value";
            continue;
        }
        if (c === ":") {
            if (expected !== "colon")
                return text;
            add(": ");
            ++i;
            expected = "value";
            continue;
        }

        // A value or a name.
        if (expected !== "value" && !(expected === "name" && c === "\""))
            return text;
        if (isFirst)
            startLine();
        isFirst = false;
        if (c === "{" || c === "[") {
            open.push(c === "{" ? "}" : "]");
            add(c);
            ++i;
            isFirst = true;
            expected = c === "{" ? "name" : "value";
            continue;
        }
        let end = c === "\"" ? endOfString(text, i) : endOfScalar(text, i);
        if (isCut && (end < 0 || end === text.length))
            return parts.join("") + text.slice(i);
        if (end < 0 || (c !== "\"" && !literal.test(text.slice(i, end))))
            return text;
        add(text.slice(i, end));
        i = end;
        expected = expected === "name" ? "colon" : open.length > 0 ? "comma" : "end";
    }
    return expected === "end" ? parts.join("") : text;
}
