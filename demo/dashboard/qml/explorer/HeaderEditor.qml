// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "codesnippets.mjs" as Snippets

// The headers of a request: a list of names and values. Values of headers such as Authorization are
// masked.
ColumnLayout {
    id: editor

    property string problem: ""

    signal accepted

    // A list of objects with name and value; rows without a name are left out.
    function headers() {
        const result = [];
        for (let i = 0; i < rows.count; ++i) {
            const row = rows.get(i);
            if (row.name.trim().length > 0)
                result.push({ name: row.name.trim(), value: row.value });
        }
        return result;
    }

    // What is wrong with the first bad one; empty if all are good (RFC 9110, 5.6.2 and 5.5).
    function check() {
        problem = "";
        for (const { name, value } of headers()) {
            if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
                problem = qsTr("“%1” cannot be the name of a header.").arg(name);
            else if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value))
                problem = qsTr("The value of %1 has a line break or a control character.").arg(name);
            if (problem.length > 0)
                return false;
        }
        return true;
    }

    function add(name, value) {
        rows.append({ name: name, value: value });
    }

    spacing: 6

    ListModel { id: rows }

    Repeater {
        model: rows

        RowLayout {
            id: row

            required property int index
            required property string name
            required property string value

            spacing: 6

            FormField {
                name: "headerName" + row.index
                Layout.preferredWidth: 1
                Layout.fillWidth: true
                placeholder: qsTr("Name")
                text: row.name
                onEdited: rows.setProperty(row.index, "name", text)
                onAccepted: editor.accepted()
            }

            FormField {
                name: "headerValue" + row.index
                Layout.preferredWidth: 1
                Layout.fillWidth: true
                placeholder: qsTr("Value")
                text: row.value
                echoMode: Snippets.isSecret(row.name) ? TextInput.Password : TextInput.Normal
                onEdited: rows.setProperty(row.index, "value", text)
                onAccepted: editor.accepted()
            }

            ActionButton {
                objectName: "removeHeader" + row.index
                text: "×"
                hint: qsTr("Removes this header")
                Accessible.name: qsTr("Remove header %1").arg(row.name)
                onClicked: rows.remove(row.index)
            }
        }
    }

    Text {
        objectName: "headersProblem"
        Layout.fillWidth: true
        visible: editor.problem.length > 0
        text: editor.problem
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.small
        color: Theme.bad
    }

    ActionButton {
        objectName: "addHeader"
        text: qsTr("Add header")
        onClicked: editor.add("", "")
    }
}
