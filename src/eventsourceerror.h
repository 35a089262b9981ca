// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCEERROR_H
#define EVENTSOURCEERROR_H

#include "eventsourceglobal.h"
#include "eventsourcelistener.h"

#include <QtCore/qjsonvalue.h>
#include <QtCore/qobjectdefs.h>
#include <QtCore/qshareddata.h>
#include <QtCore/qstring.h>
#include <QtCore/qvariant.h>
#include <QtQml/qqmlregistration.h>

QT_BEGIN_NAMESPACE
class QDebug;
QT_END_NAMESPACE

namespace EventSourcePrivate {
class ErrorData;
}

// One failure of a listener.
class EVENTSOURCE_EXPORT EventSourceError
{
    Q_GADGET
    QML_VALUE_TYPE(eventSourceError)
    QML_ADDED_IN_VERSION(0, 1)

    Q_PROPERTY(EventSourceListener::ErrorCode code READ code CONSTANT FINAL)
    Q_PROPERTY(QString message READ message CONSTANT FINAL)
    Q_PROPERTY(int httpStatus READ httpStatus CONSTANT FINAL)
    Q_PROPERTY(QString body READ body CONSTANT FINAL)
    Q_PROPERTY(QVariant data READ dataVariant CONSTANT FINAL)
    Q_PROPERTY(bool willRetry READ willRetry CONSTANT FINAL)
    Q_PROPERTY(int retryIn READ retryIn CONSTANT FINAL)

public:
    EventSourceError();
    EventSourceError(const EventSourceError &other);
    EventSourceError(EventSourceError &&other) noexcept;
    EventSourceError &operator=(const EventSourceError &other);
    EventSourceError &operator=(EventSourceError &&other) noexcept;
    ~EventSourceError();

    void swap(EventSourceError &other) noexcept { d.swap(other.d); }

    [[nodiscard]] EventSourceListener::ErrorCode code() const;
    [[nodiscard]] QString message() const;
    [[nodiscard]] int httpStatus() const;
    [[nodiscard]] QString body() const;
    [[nodiscard]] QJsonValue data() const;
    [[nodiscard]] bool willRetry() const;
    [[nodiscard]] int retryIn() const;

    friend EVENTSOURCE_EXPORT bool operator==(const EventSourceError &a, const EventSourceError &b);
    friend bool operator!=(const EventSourceError &a, const EventSourceError &b)
    {
        return !(a == b);
    }
#ifndef QT_NO_DEBUG_STREAM
    friend EVENTSOURCE_EXPORT QDebug operator<<(QDebug debug, const EventSourceError &error);
#endif

private:
    friend class EventSourcePrivate::ErrorData;
    QVariant dataVariant() const;

    QExplicitlySharedDataPointer<EventSourcePrivate::ErrorData> d;
};

Q_DECLARE_SHARED(EventSourceError)
Q_DECLARE_METATYPE(EventSourceError)

#endif // EVENTSOURCEERROR_H
