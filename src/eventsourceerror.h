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

/// One failure of a listener.
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
    EventSourceError(); ///< has the code NoError
    EventSourceError(const EventSourceError &other); ///< shares what the other one holds
    EventSourceError(EventSourceError &&other) noexcept; ///< moves
    EventSourceError &operator=(const EventSourceError &other); ///< shares what the other one holds
    EventSourceError &operator=(EventSourceError &&other) noexcept; ///< moves
    ~EventSourceError(); ///< destroys this copy

    void swap(EventSourceError &other) noexcept { d.swap(other.d); } ///< never fails

    [[nodiscard]] EventSourceListener::ErrorCode code() const; ///< what kind of failure it is
    [[nodiscard]] QString message() const; ///< what happened and what to do, for people
    [[nodiscard]] int httpStatus() const; ///< of the response; 0 if there was none
    [[nodiscard]] QString body() const; ///< the beginning of a refused response
    [[nodiscard]] QJsonValue data() const; ///< the body, decoded, where it is JSON
    [[nodiscard]] bool willRetry() const; ///< whether a new attempt follows by itself
    [[nodiscard]] int retryIn() const; ///< the time until that attempt in ms, or -1

    /// Whether both are equal.
    friend EVENTSOURCE_EXPORT bool operator==(const EventSourceError &a, const EventSourceError &b);
    /// Whether they differ.
    friend bool operator!=(const EventSourceError &a, const EventSourceError &b)
    {
        return !(a == b);
    }
#ifndef QT_NO_DEBUG_STREAM
    /// For logs: without what may be confidential.
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
