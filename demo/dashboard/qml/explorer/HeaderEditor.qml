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
    property int problemRow: -1

    signal accepted
    signal focusRow(int index)

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
        problemRow = -1;
        const names = [];
        for (let i = 0; i < rows.count && problem.length === 0; ++i) {
            const name = rows.get(i).name.trim();
            const value = rows.get(i).value;
            if (name.length === 0 && value.length > 0)
                problem = qsTr("A header needs a name.");
            else if (name.length > 0 && !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
                problem = Theme.filled(qsTr("“%1” cannot be the name of a header."), name);
            else if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value))
                problem = Theme.filled(qsTr("The value of %1 has a control character."), name);
            else if (name.length > 0 && names.includes(name.toLowerCase()))
                problem = Theme.filled(qsTr("%1 is there twice."), name);
            names.push(name.toLowerCase());
            problemRow = problem.length > 0 ? i : -1;
        }
        return problem.length === 0;
    }

    // Takes the focus to it.
    function showProblem() {
        focusRow(problemRow);
    }

    function add() {
        rows.append({ name: "", value: "" });
        focusRow(rows.count - 1);
    }

    function change(index, role, text) {
        problem = "";
        rows.setProperty(index, role, text);
    }

    function remove(index) {
        problem = "";
        addButton.forceActiveFocus(Qt.OtherFocusReason);
        rows.remove(index);
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

            Connections {
                target: editor

                function onFocusRow(index) {
                    if (index === row.index)
                        nameField.takeFocus();
                }
            }

            FormField {
                id: nameField

                name: "headerName" + row.index
                Layout.preferredWidth: 1
                Layout.fillWidth: true
                placeholder: qsTr("Name")
                spoken: qsTr("Name of header %1").arg(row.index + 1)
                text: row.name
                onEdited: editor.change(row.index, "name", text)
                onAccepted: editor.accepted()
            }

            FormField {
                name: "headerValue" + row.index
                Layout.preferredWidth: 1
                Layout.fillWidth: true
                placeholder: qsTr("Value")
                spoken: qsTr("Value of header %1").arg(row.name || row.index + 1)
                text: row.value
                echoMode: Snippets.isSecret(row.name) ? TextInput.Password : TextInput.Normal
                onEdited: editor.change(row.index, "value", text)
                onAccepted: editor.accepted()
            }

            ActionButton {
                objectName: "removeHeader" + row.index
                text: "×"
                hint: qsTr("Removes this header")
                Accessible.name: qsTr("Remove header %1").arg(row.name)
                onClicked: editor.remove(row.index)
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
        id: addButton

        objectName: "addHeader"
        text: qsTr("Add header")
        onClicked: editor.add()
    }
}
