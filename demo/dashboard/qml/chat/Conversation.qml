// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource
import QtQuick

// A conversation with a language model. Each question posts the whole conversation, and the answer
// is an event stream of small pieces of text.
EventSourceListener {
    id: conversation

    property string modelName: ""
    property string token: "" // kept in memory only

    // Rows with role ("user" or "assistant"), content, stage ("done", "writing", "stopped", "cut" or
    // "failed"), note (what went wrong) and figures.
    readonly property ListModel messages: ListModel { }
    // The server has refused the request, and gets it again with another token.
    readonly property bool needsToken: active && status === EventSourceListener.Waiting
                                       && retryIn < 0

    signal said(string words) // an answer that is complete, or what is in its way

    function ask(prompt) {
        messages.append({ role: "user", content: prompt, stage: "done", note: "", figures: "" });
        request();
    }

    // Asks the last question anew. What came of the answer is dropped.
    function askAgain() {
        if (messages.count > 1 && messages.get(messages.count - 1).role === "assistant")
            messages.remove(messages.count - 1);
        request();
    }

    function stop() {
        stopListening();
        finish("stopped", qsTr("Stopped."));
    }

    function clear() {
        stopListening();
        answer.text = "";
        messages.clear();
    }

    function request() {
        const history = [];
        for (let i = 0; i < messages.count; ++i) {
            const message = messages.get(i);
            if (message.content.length > 0)
                history.push({ role: message.role, content: message.content });
        }
        messages.append({ role: "assistant", content: "", stage: "writing", note: "", figures: "" });
        answer.text = "";
        body = { model: modelName, messages: history, stream: true };
        restart();
    }

    // Changes the answer, which is the last row.
    function update(property, value) {
        if (messages.count > 0)
            messages.setProperty(messages.count - 1, property, value);
    }

    function finish(stage, note) {
        answer.show();
        update("note", note);
        update("stage", stage);
        said((answer.text + " " + note).trim());
    }

    lazy: true
    method: "POST"
    headers: token.length > 0 ? { Authorization: "Bearer " + token } : ({}) // a new one asks again
    endMarker: "[DONE]"
    idleTimeout: 120000
    // Only what the server has not begun to answer is repeated: 429, 503, or no connection.
    reconnect {
        maximumAttempts: 4
        jitter: 0 // one reader's questions need not be spread
    }

    onStatusChanged: if (status === EventSourceListener.Connecting) answer.start()
    onOpened: update("note", "")
    onMessage: event => {
        const choice = event.data?.choices?.[0];
        if (choice?.delta?.content)
            answer.add(choice.delta.content);
        if (choice?.finish_reason === "length")
            update("note", qsTr("The answer has reached the length limit."));
    }
    onFinished: finish("done", messages.get(messages.count - 1).note)
    onError: error => {
        const reason = error.data?.error?.message ?? (error.data === undefined ? error.body.trim() : "");
        const words = reason || error.message;
        if (error.willRetry || error.httpStatus === 401 || error.httpStatus === 403) {
            update("note", words);
            said(words);
        } else {
            stopListening(); // it would wait for another request
            if (answer.text.length > 0)
                finish("cut", error.code === EventSourceListener.IncompleteError
                       ? qsTr("The answer was cut short: the server ended it too early.")
                       : error.code === EventSourceListener.TimeoutError
                         ? qsTr("The answer was cut short: the server fell silent.")
                         : qsTr("The answer was cut short: the connection broke."));
            else
                finish("failed", words);
        }
    }

    // The answer as it grows. It is shown once per frame, however many pieces arrive.
    readonly property Timer answer: Timer {
        id: answer

        property string text: ""
        property int pieces: 0
        property double started: 0
        property double first: 0
        property double last: 0

        function start() {
            pieces = 0;
            started = Date.now();
        }

        function add(piece) {
            last = Date.now();
            if (++pieces === 1)
                first = last;
            text += piece;
            running = true;
        }

        function show() {
            stop();
            conversation.update("content", text);
            if (pieces === 0)
                return;
            const speed = (pieces - 1) * 1000 / Math.max(1, last - first);
            conversation.update("figures", qsTr("First token after %1 s, then %2 tokens/s")
                                .arg(((first - started) / 1000).toFixed(1)).arg(Math.round(speed)));
        }

        interval: 16
        onTriggered: show()
    }
}
