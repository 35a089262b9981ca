// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

// A request as source text. It is an object with url, method, headers (a list of name and value), body,
// text (whether data is taken as text) and caFile.

// Names of headers and of query items whose values are not shown to others.
export function isSecret(name) {
    return /auth|cookie|token|secret|passw|session|signature|api[-_]?key|^key$|^sig$/i.test(name);
}

// The name of a query item; as it is if its escapes are wrong.
function plainName(name) {
    try {
        return decodeURIComponent(name);
    } catch (error) {
        return name;
    }
}

// The request with a placeholder for each secret.
export function withoutSecrets(request) {
    const url = request.url
        .replace(/^([a-z]+:\/\/)[^\/?#]*@/i, "$1USER:PASSWORD@")
        .replace(/([?&])([^=&#]*)=([^&#]*)/g,
                 (item, mark, name) => isSecret(plainName(name)) ? `${mark}${name}=SECRET` : item);
    const headers = request.headers.map(
        each => isSecret(each.name) ? { name: each.name, value: "SECRET" } : each);
    return Object.assign({}, request, { url: url, headers: headers });
}

function qmlString(text) {
    return JSON.stringify(text);
}

export function toQml(request) {
    const lines = [
        "import EventSource",
        "",
        "EventSourceListener {",
        `    url: ${qmlString(request.url)}`
    ];
    if (request.method !== "GET")
        lines.push(`    method: ${qmlString(request.method)}`);
    if (request.headers.length > 0) {
        lines.push("    headers: ({");
        for (const { name, value } of request.headers)
            lines.push(`        ${qmlString(name)}: ${qmlString(value)},`);
        lines.push("    })");
    }
    if (request.body.length > 0)
        lines.push(`    body: ${qmlString(request.body)}`);
    if (request.text)
        lines.push("    format: EventSourceListener.Text");
    if (request.caFile.length > 0)
        lines.push(`    caCertificates: ${qmlString(request.caFile)}`);
    lines.push(
        "    onMessage: event => console.log(event.type, event.text)",
        "    onError: error => console.warn(error.message)",
        "}",
        "");
    return lines.join("\n");
}

function cppString(text) {
    const escaped = text
        .replace(/[\\"]/g, "\\$&")
        .replace(/\?\?(?=[=\/'()!<>-])/g, "?\\?") // no trigraphs
        // Octal escapes end after three digits, whatever follows them.
        .replace(/[\u0000-\u001f\u007f]/g,
                 c => "\\" + c.charCodeAt(0).toString(8).padStart(3, "0"));
    return `u"${escaped}"_s`;
}

export function toCpp(request) {
    const lines = [
        "#include <EventSource/EventSourceListener>",
        "",
        "#include <QtCore/qcoreapplication.h>",
        "#include <QtCore/qdebug.h>",
        "",
        "using namespace Qt::StringLiterals;",
        "",
        "int main(int argc, char *argv[])",
        "{",
        "    QCoreApplication app(argc, argv);",
        "    EventSourceListener listener;",
        `    listener.setUrl(QUrl(${cppString(request.url)}));`
    ];
    if (request.method !== "GET")
        lines.push(`    listener.setMethod(${cppString(request.method)});`);
    if (request.headers.length > 0) {
        lines.push("    listener.setHeaders({");
        for (const { name, value } of request.headers)
            lines.push(`        {${cppString(name)}, ${cppString(value)}},`);
        lines.push("    });");
    }
    if (request.body.length > 0)
        lines.push(`    listener.setBody(${cppString(request.body)});`);
    if (request.text)
        lines.push("    listener.setFormat(EventSourceListener::Text);");
    if (request.caFile.length > 0)
        lines.push(`    listener.setCaCertificates(QUrl(${cppString(request.caFile)}));`);
    lines.push(
        "    QObject::connect(&listener, &EventSourceListener::message, [](const EventSourceEvent &event) {",
        "        qInfo() << event.type() << event.text();",
        "    });",
        "    QObject::connect(&listener, &EventSourceListener::error, [](const EventSourceError &error) {",
        "        qWarning() << error.message();",
        "    });",
        "    QObject::connect(&listener, &EventSourceListener::finished, &app, &QCoreApplication::quit);",
        "    return app.exec();",
        "}",
        "");
    return lines.join("\n");
}

// For a POSIX shell. Within single quotes only the quote itself is special.
function shellString(text) {
    return "'" + text.replace(/'/g, "'\\''") + "'";
}

function localPath(url) {
    return decodeURIComponent(url.replace(/^file:\/\/(?=\/)(\/(?=[a-z]:))?/i, ""));
}

export function toCurl(request) {
    const parts = ["curl", "-N", "-g"];
    if (request.method !== "GET")
        parts.push("-X", shellString(request.method));
    const names = request.headers.map(each => each.name.toLowerCase());
    if (!names.includes("accept"))
        parts.push("-H", "'Accept: text/event-stream'");
    if (request.body.length > 0 && !names.includes("content-type"))
        parts.push("-H", "'Content-Type: text/plain;charset=UTF-8'");
    for (const { name, value } of request.headers) // curl sends an empty one with a semicolon
        parts.push("-H", shellString(value.length > 0 ? `${name}: ${value}` : `${name};`));
    if (request.body.length > 0)
        parts.push("--data-raw", shellString(request.body));
    if (request.caFile.length > 0)
        parts.push("--cacert", shellString(localPath(request.caFile)));
    parts.push(shellString(request.url));
    const comment = request.caFile.length > 0
          ? "# curl trusts the certificates of --cacert in place of the system's. The explorer and\n"
            + "# caCertificates trust both.\n"
          : "";
    return comment + parts.join(" ") + "\n";
}
