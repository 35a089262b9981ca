// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef PRINTER_H
#define PRINTER_H

#include "jsontext.h"
#include "options.h"

#include <EventSource/EventSourceEvent>

#include <QtCore/qbytearray.h>

// Events as the bytes that the program prints, line ends included.
class Printer
{
public:
    explicit Printer(const Options &options);

    QByteArray head(const QVariantMap &headers) const;
    QByteArray event(const EventSourceEvent &event);
    // An event whose data is not JSON although it was expected.
    QByteArray undecodable(const EventSourceEvent &event);

private:
    QByteArray json(const EventSourceEvent &event, QLatin1String key, const QString &value) const;
    QByteArray data(const QString &text) const;
    QByteArray fields(const EventSourceEvent &event);
    QString field(const QString &name, const QString &value) const;
    QString time() const;
    QString shown(const QString &text) const;

    const Options m_options;
    const bool m_isTerminal;
    JsonText::Style m_style;
    QString m_id; // as of the last event
};

#endif // PRINTER_H
