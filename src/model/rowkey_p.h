// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef ROWKEY_P_H
#define ROWKEY_P_H

#include <QtCore/qhashfunctions.h>
#include <QtCore/qjsonvalue.h>
#include <QtCore/qstring.h>
#include <QtCore/qstringlist.h>

namespace EventSourcePrivate {

// The name of a field of a JSON object, or a path with dots: "cpu", "metrics.cpu".
class FieldPath
{
public:
    FieldPath() = default;
    explicit FieldPath(const QString &path);

    bool isEmpty() const { return m_path.isEmpty(); }
    QString toString() const { return m_path; }

    // Undefined where the value is not an object or has no such field. A field whose name is the
    // whole path comes first.
    QJsonValue in(const QJsonValue &value) const;

private:
    QString m_path;
    QStringList m_steps; // of a path with dots
};

// What a row is found by: a string, a number or a boolean. Numbers are equal by their value, and 7
// is not "7".
class RowKey
{
public:
    RowKey() = default;
    explicit RowKey(const QJsonValue &value);

    bool isValid() const { return m_kind != Kind::None; }

    friend bool operator==(const RowKey &a, const RowKey &b)
    {
        return a.m_kind == b.m_kind && a.m_number == b.m_number && a.m_text == b.m_text;
    }
    friend size_t qHash(const RowKey &key, size_t seed = 0)
    {
        return key.m_kind == Kind::String ? qHash(key.m_text, seed) : qHash(key.m_number, seed);
    }

private:
    enum class Kind : quint8 { None, Boolean, Integer, Double, String };

    Kind m_kind = Kind::None;
    qint64 m_number = 0; // of a double its bits
    QString m_text;
};

} // namespace EventSourcePrivate

#endif // ROWKEY_P_H
