// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource
import QtQuick

// A conversation with a language model, by the common interface for chats: a POST with all messages
// so far, and a stream with an event for each token.
Item {
    id: conversation

    property url url
    property string model: "demo"
    property string token: "" // kept in memory only

    // Each with speaker ("user" or "assistant"), text, and problem.
    readonly property ListModel messages: ListModel { }
    readonly property bool answering: stream.active
    // Nothing of the answer has come yet.
    readonly property bool thinking: answering && figures.tokens === 0
    // What the user can do: give a token, or wait this many seconds for the next attempt (-1: none).
    readonly property bool needsToken: answering && figures.refused
    readonly property int secondsToRetry: stream.retryIn < 0 ? -1 : Math.ceil(stream.retryIn / 1000)
    property string problem: ""

    // Of the last answer.
    readonly property alias tokensPerSecond: figures.rate
    readonly property alias firstTokenAfter: figures.firstAfter // ms; -1 before

    // The answer has ended, well or not.
    signal answered(string text)

    function ask(prompt) {
        stop();
        messages.append({ speaker: "user", text: prompt, problem: "" });
        send();
    }

    // The last prompt once more.
    function askAgain() {
        stop();
        if (messages.count > 0 && messages.get(messages.count - 1).speaker === "assistant")
            messages.remove(messages.count - 1);
        if (messages.count > 0)
            send();
    }

    function stop() {
        if (!answering)
            return;
        stream.stopListening();
        end(qsTr("Stopped"));
    }

    function clear() {
        stop();
        messages.clear();
        figures.begin();
        problem = "";
    }

    function send() {
        const history = [];
        for (let i = 0; i < messages.count; ++i) {
            const { speaker, text } = messages.get(i);
            if (text.length > 0)
                history.push({ role: speaker, content: text });
        }
        messages.append({ speaker: "assistant", text: "", problem: "" });
        problem = "";
        figures.begin();
        stream.body = { model: model, messages: history, stream: true };
        stream.startListening();
    }

    function end(why) {
        const last = messages.count - 1;
        flush();
        messages.setProperty(last, "problem", why);
        answered(messages.get(last).text);
    }

    // Many tokens may come at once; the text is laid out once for all of them.
    function flush() {
        const last = messages.count - 1;
        if (figures.pending.length > 0)
            messages.setProperty(last, "text", messages.get(last).text + figures.pending);
        figures.pending = "";
    }

    EventSourceListener {
        id: stream

        lazy: true
        url: conversation.url
        method: "POST"
        // When the server refuses the request with 401, the next token sends it again.
        headers: conversation.token.length > 0 ? { Authorization: "Bearer " + conversation.token }
                                               : {}
        endMarker: "[DONE]"

        onMessage: event => {
            const choice = event.data?.choices?.[0];
            figures.take(choice?.delta?.content ?? "");
            if (choice?.finish_reason === "length")
                conversation.problem = qsTr("The answer has reached the model's limit.");
        }
        onDataChanged: conversation.flush() // once for many messages
        onParseError: (event, message) => conversation.problem = message
        onError: error => {
            // The server's own words, if there are any.
            const words = error.data?.error?.message ?? error.message;
            figures.refused = error.httpStatus === 401;
            conversation.problem = words;
            if (!active)
                conversation.end(figures.tokens > 0 ? qsTr("The answer was cut short")
                                                    : qsTr("There is no answer"));
        }
        onOpened: {
            figures.refused = false;
            conversation.problem = "";
        }
        onFinished: conversation.end("")
    }

    QtObject {
        id: figures

        property string pending: ""
        property int tokens: 0
        property real begun: 0
        property real firstAfter: -1
        property real rate: 0
        property bool refused: false

        function begin() {
            pending = "";
            tokens = rate = 0;
            begun = Date.now();
            firstAfter = -1;
            refused = false;
        }

        function take(text) {
            if (text.length === 0)
                return;
            pending += text;
            const after = Date.now() - begun;
            if (++tokens === 1)
                firstAfter = after;
            else
                rate = (tokens - 1) * 1000 / Math.max(1, after - firstAfter);
        }
    }
}
