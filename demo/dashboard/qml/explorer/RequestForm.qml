// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import EventSource
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// What is requested, and how. Nothing is sent before apply().
ScrollPage {
    id: form

    required property ExplorerStore store
    property string address: ""
    property bool revealing: false // the settings are about to show
    readonly property alias currentAddress: addressField.text

    readonly property var methods: ["GET", "POST", "PUT", "PATCH", "DELETE"]

    signal submitted

    // The request for codesnippets.mjs.
    function request() {
        const withBody = bodyText.text.length > 0 && method.currentIndex > 0;
        const headers = headerEditor.headers();
        if (withBody && json.checked
                && !headers.some(each => each.name.toLowerCase() === "content-type"))
            headers.push({ name: "Content-Type", value: "application/json" });
        return {
            url: addressField.text.trim(),
            method: methods[method.currentIndex],
            headers: headers,
            body: withBody ? bodyText.text : "",
            text: asText.checked,
            caFile: caFile.text.trim().length > 0 ? String(store.fileUrl(caFile.text.trim())) : ""
        };
    }

    // Names the fields that are wrong.
    function check() {
        addressField.problem = addressProblem(addressField.text.trim());
        bodyProblem.text = jsonProblem();
        const headersAreGood = headerEditor.check();
        return addressField.problem.length === 0 && headersAreGood
                && bodyProblem.text.length === 0;
    }

    // Takes the focus to the first field that is wrong.
    function showProblem() {
        if (addressField.problem.length > 0)
            addressField.takeFocus();
        else if (headerEditor.problem.length > 0)
            headerEditor.showProblem();
        else
            bodyText.forceActiveFocus(Qt.OtherFocusReason);
    }

    function apply(listener: EventSourceListener) {
        const request = form.request();
        const headers = {};
        for (const { name, value } of request.headers)
            headers[name] = value;
        listener.method = request.method;
        listener.headers = headers;
        listener.body = request.body.length > 0 ? request.body : undefined;
        listener.format = request.text ? EventSourceListener.Text : EventSourceListener.Json;
        listener.caCertificates = request.caFile;
        listener.connectTimeout = milliseconds(connectTimeout);
        listener.responseTimeout = milliseconds(responseTimeout);
        listener.idleTimeout = milliseconds(idleTimeout);
        listener.reconnect.enabled = reconnects.checked;
        listener.reconnect.retryHttpErrors = retriesErrors.checked;
        listener.reconnect.initialDelay = milliseconds(initialDelay);
        listener.reconnect.maximumDelay = milliseconds(maximumDelay);
        listener.url = request.url;
    }

    function addressProblem(text) {
        if (text.length === 0)
            return qsTr("Enter the address of a stream.");
        if (!/^https?:\/\//i.test(text))
            return qsTr("The address has to begin with http:// or https://.");
        if (/\s/.test(text))
            return qsTr("The address has a space in it.");
        return store.isAddress(text) ? "" : qsTr("The host or the port of the address is wrong.");
    }

    function jsonProblem() {
        if (!json.checked || method.currentIndex === 0 || bodyText.text.length === 0)
            return "";
        const problem = store.jsonProblem(bodyText.text);
        return problem.length > 0 ? qsTr("The body is not JSON. %1").arg(problem) : "";
    }

    function milliseconds(field: FormField) : int {
        return Math.round((Number(field.text) || 0) * 1000);
    }

    contentHeight: column.implicitHeight
    // In a small window they would be out of sight.
    onContentHeightChanged: {
        if (revealing)
            contentY = Math.max(contentY, Math.min(more.y - 8, contentHeight - height));
        revealing = false;
    }

    ColumnLayout {
        id: column

        x: form.edge
        width: form.width - x - 12 // the scroll bar
        spacing: 10

        FormField {
            id: addressField

            Layout.fillWidth: true
            name: "explorerAddress"
            label: qsTr("Address")
            placeholder: "https://example.com/events"
            text: form.address
            inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoPredictiveText
            onAccepted: form.submitted()
            onEdited: problem = ""
        }

        Flow {
            Layout.fillWidth: true
            visible: form.store.addresses.length > 0
            spacing: 6

            Repeater {
                model: form.store.addresses

                ActionButton {
                    required property string modelData
                    required property int index

                    objectName: "recent" + index
                    width: Math.min(implicitWidth, column.width)
                    topPadding: 4
                    bottomPadding: 4
                    font.pixelSize: Theme.small
                    text: modelData
                    hint: qsTr("A recent address. User, password, query and fragment are not stored")
                    Accessible.name: qsTr("Recent address %1").arg(modelData)
                    onClicked: {
                        addressField.text = modelData;
                        addressField.problem = "";
                    }
                }
            }

            ActionButton {
                objectName: "forget"
                topPadding: 4
                bottomPadding: 4
                font.pixelSize: Theme.small
                text: qsTr("Forget")
                hint: qsTr("Removes the recent addresses")
                Accessible.name: qsTr("Forget the recent addresses")
                onClicked: form.store.forgetAll()
            }
        }

        Text {
            text: qsTr("Method")
            font.pixelSize: Theme.small
            color: Theme.muted
        }

        Flow {
            id: method

            property int currentIndex: 0

            Layout.fillWidth: true
            spacing: 6

            Repeater {
                model: form.methods

                ActionButton {
                    required property string modelData
                    required property int index

                    objectName: "method" + modelData
                    checkable: true
                    autoExclusive: true
                    checked: index === method.currentIndex
                    selected: checked
                    leftPadding: 10
                    rightPadding: 10
                    text: modelData
                    Accessible.role: Accessible.RadioButton
                    Accessible.name: qsTr("Method %1").arg(modelData)
                    onClicked: method.currentIndex = index
                }
            }
        }

        Text {
            text: qsTr("Headers")
            font.pixelSize: Theme.small
            color: Theme.muted
        }

        HeaderEditor {
            id: headerEditor

            Layout.fillWidth: true
            onAccepted: form.submitted()
        }

        ColumnLayout {
            Layout.fillWidth: true
            visible: method.currentIndex > 0
            spacing: 4

            Text {
                text: qsTr("Body")
                font.pixelSize: Theme.small
                color: Theme.muted
            }

            TextArea {
                id: bodyText

                objectName: "body"
                Layout.fillWidth: true
                Layout.preferredHeight: Math.max(90, implicitHeight)
                selectByMouse: true
                textFormat: TextEdit.PlainText
                wrapMode: TextEdit.Wrap
                color: Theme.text
                font.pixelSize: Theme.body
                KeyNavigation.priority: KeyNavigation.BeforeItem
                KeyNavigation.tab: json
                onTextChanged: bodyProblem.text = ""
                Accessible.name: qsTr("Body")
                Accessible.description: bodyProblem.text

                background: Rectangle {
                    radius: 7
                    color: Theme.card
                    border.width: bodyText.activeFocus ? 2 : 1
                    border.color: bodyProblem.text.length > 0 ? Theme.bad
                                  : bodyText.activeFocus ? Theme.accent : Theme.raisedBorder
                }
            }

            Text {
                id: bodyProblem

                objectName: "bodyProblem"
                Layout.fillWidth: true
                visible: text.length > 0
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.small
                color: Theme.bad
            }

            ChoiceBox {
                id: json

                objectName: "json"
                checked: true
                text: qsTr("The body is JSON")
                onToggled: bodyProblem.text = ""
            }
        }

        ChoiceBox {
            id: asText

            objectName: "asText"
            text: qsTr("Take the data as text, not as JSON")
        }

        ActionButton {
            id: more

            objectName: "more"
            checkable: true
            text: checked ? qsTr("Fewer settings") : qsTr("More settings")
            hint: qsTr("Reconnecting, timeouts and certificates")
            onClicked: form.revealing = checked
        }

        GridLayout {
            id: settings

            readonly property real cellWidth: Math.floor((column.width - columnSpacing) / 2)

            Layout.fillWidth: true
            visible: more.checked
            columns: 2
            columnSpacing: 8
            rowSpacing: 10

            ChoiceBox {
                id: reconnects

                objectName: "reconnects"
                Layout.columnSpan: 2
                checked: true
                text: qsTr("Connect again when the stream breaks")
            }

            ChoiceBox {
                id: retriesErrors

                Layout.columnSpan: 2
                enabled: reconnects.checked
                checked: true
                text: qsTr("Also after 408, 425, 429 and 5xx")
            }

            NumberField {
                id: initialDelay

                Layout.preferredWidth: settings.cellWidth
                name: "initialDelay"
                label: qsTr("First delay, s")
                text: "1"
            }

            NumberField {
                id: maximumDelay

                Layout.preferredWidth: settings.cellWidth
                name: "maximumDelay"
                label: qsTr("Longest delay, s")
                text: "30"
            }

            NumberField {
                id: connectTimeout

                Layout.preferredWidth: settings.cellWidth
                name: "connectTimeout"
                label: qsTr("Connect within, s")
                text: "30"
            }

            NumberField {
                id: responseTimeout

                Layout.preferredWidth: settings.cellWidth
                name: "responseTimeout"
                label: qsTr("Response within, s")
                text: "300"
            }

            NumberField {
                id: idleTimeout

                Layout.preferredWidth: settings.cellWidth
                name: "idleTimeout"
                label: qsTr("Longest silence, s")
                text: "0"
            }

            Text {
                Layout.preferredWidth: settings.cellWidth
                text: qsTr("0: no limit")
                wrapMode: Text.Wrap
                font.pixelSize: Theme.small
                color: Theme.muted
            }

            FormField {
                id: caFile

                Layout.columnSpan: 2
                Layout.fillWidth: true
                name: "caFile"
                label: qsTr("File with further trusted certificates (PEM)")
                placeholder: "/etc/ssl/my-authority.pem"
            }
        }
    }
}
