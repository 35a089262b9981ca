// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef RECORDER_H
#define RECORDER_H

#include <EventSource/EventSourceListener>

#include <QtCore/qmetaobject.h>
#include <QtCore/qstringlist.h>
#include <QtTest/qtest.h>

// Writes down what a listener emits, one line each. What a test did not take fails it: nothing
// happens unnoticed.
class Recorder
{
public:
    explicit Recorder(EventSourceListener *listener)
    {
        const auto add = [this](const QString &line) { m_lines.append(line); };
        QObject::connect(listener, &EventSourceListener::opened, &m_context,
                         [add] { add(QStringLiteral("opened")); });
        QObject::connect(listener, &EventSourceListener::message, &m_context,
                         [add](const EventSourceEvent &event) {
                             const QString id = event.lastEventId();
                             add(event.type() + QLatin1String(": ") + event.text()
                                 + (id.isEmpty() ? QString() : QLatin1String(" #") + id));
                         });
        QObject::connect(listener, &EventSourceListener::parseError, &m_context,
                         [add](const EventSourceEvent &event, const QString &) {
                             add(QLatin1String("parseError: ") + event.text());
                         });
        QObject::connect(
                listener, &EventSourceListener::error, &m_context,
                [this, add](const EventSourceError &error) {
                    m_errors.append(error);
                    const char *code =
                            QMetaEnum::fromType<EventSourceListener::ErrorCode>().valueToKey(
                                    error.code());
                    add(QLatin1String(code)
                        + (error.willRetry() ? QLatin1String(", retries") : QLatin1String("")));
                });
        QObject::connect(listener, &EventSourceListener::comment, &m_context,
                         [add](const QString &text) { add(QLatin1String("comment:") + text); });
        QObject::connect(listener, &EventSourceListener::finished, &m_context,
                         [add] { add(QStringLiteral("finished")); });
    }

    ~Recorder()
    {
        if (!m_lines.isEmpty() && !QTest::currentTestFailed())
            QTest::qFail(
                    qPrintable(QLatin1String("not expected: ") + m_lines.join(QLatin1Char('\n'))),
                    __FILE__, __LINE__);
    }

    // Waits for so many lines and takes all that are there.
    QStringList take(qsizetype count)
    {
        (void)QTest::qWaitFor([&] { return m_lines.size() >= count; }, 10000);
        return std::exchange(m_lines, {});
    }

    // The oldest error not taken yet.
    EventSourceError takeError()
    {
        return m_errors.isEmpty() ? EventSourceError() : m_errors.takeFirst();
    }

    bool isEmpty() const { return m_lines.isEmpty(); }

private:
    QObject m_context;
    QStringList m_lines;
    QList<EventSourceError> m_errors;
};

#endif // RECORDER_H
