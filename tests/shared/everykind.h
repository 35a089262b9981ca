// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVERYKIND_H
#define EVERYKIND_H

#include <QtCore/qdatetime.h>
#include <QtCore/qhash.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qlist.h>
#include <QtCore/qmap.h>
#include <QtCore/qobjectdefs.h>
#include <QtCore/qurl.h>
#include <QtCore/quuid.h>
#include <QtCore/qvariant.h>

#include <optional>

// A property of every kind that is read from JSON, each with the name of its type.
class EveryKind
{
    Q_GADGET
    Q_CLASSINFO("json:alias", "odd name")
    Q_PROPERTY(bool boolean MEMBER boolean)
    Q_PROPERTY(qint8 i8 MEMBER i8)
    Q_PROPERTY(quint8 u8 MEMBER u8)
    Q_PROPERTY(qint16 i16 MEMBER i16)
    Q_PROPERTY(quint16 u16 MEMBER u16)
    Q_PROPERTY(qint32 i32 MEMBER i32)
    Q_PROPERTY(quint32 u32 MEMBER u32)
    Q_PROPERTY(long l MEMBER l)
    Q_PROPERTY(unsigned long ul MEMBER ul)
    Q_PROPERTY(qint64 i64 MEMBER i64)
    Q_PROPERTY(quint64 u64 MEMBER u64)
    Q_PROPERTY(double real MEMBER real)
    Q_PROPERTY(float single MEMBER single)
    Q_PROPERTY(QString string MEMBER string)
    Q_PROPERTY(QByteArray bytes MEMBER bytes)
    Q_PROPERTY(QUrl url MEMBER url)
    Q_PROPERTY(QDateTime dateTime MEMBER dateTime)
    Q_PROPERTY(QDate date MEMBER date)
    Q_PROPERTY(QTime time MEMBER time)
    Q_PROPERTY(QUuid uuid MEMBER uuid)
    Q_PROPERTY(QJsonValue json MEMBER json)
    Q_PROPERTY(QJsonObject object MEMBER object)
    Q_PROPERTY(QJsonArray array MEMBER array)
    Q_PROPERTY(QVariant variant MEMBER variant)
    Q_PROPERTY(QVariantMap variantMap MEMBER variantMap)
    Q_PROPERTY(QVariantHash variantHash MEMBER variantHash)
    Q_PROPERTY(QVariantList variantList MEMBER variantList)
    Q_PROPERTY(EveryKind::Color color MEMBER color)
    Q_PROPERTY(EveryKind::Sides sides MEMBER sides)
    Q_PROPERTY(QStringList strings MEMBER strings)
    Q_PROPERTY(QList<int> integers MEMBER integers)
    Q_PROPERTY(QList<QList<quint8>> table MEMBER table)
    Q_PROPERTY(QList<EveryKind::Color> colors MEMBER colors)
    Q_PROPERTY(QMap<QString, int> map MEMBER map)
    Q_PROPERTY(QHash<QString, QString> hash MEMBER hash)
    Q_PROPERTY(std::optional<int> optionalInteger MEMBER optionalInteger)
    Q_PROPERTY(std::optional<QString> optionalString MEMBER optionalString)
    Q_PROPERTY(int alias MEMBER alias)
    Q_PROPERTY(QList<EveryKind> children READ children WRITE setChildren)

public:
    enum class Color : quint8 { Red, Green, Blue };
    Q_ENUM(Color)
    enum Side { Left = 1, Right = 2, Top = 4 };
    Q_DECLARE_FLAGS(Sides, Side)
    Q_FLAG(Sides)

    QList<EveryKind> children() const { return m_children; }
    void setChildren(const QList<EveryKind> &children) { m_children = children; }

    bool boolean = false;
    qint8 i8 = 0;
    quint8 u8 = 0;
    qint16 i16 = 0;
    quint16 u16 = 0;
    qint32 i32 = 0;
    quint32 u32 = 0;
    long l = 0;
    unsigned long ul = 0;
    qint64 i64 = 0;
    quint64 u64 = 0;
    double real = 0;
    float single = 0;
    QString string;
    QByteArray bytes;
    QUrl url;
    QDateTime dateTime;
    QDate date;
    QTime time;
    QUuid uuid;
    QJsonValue json;
    QJsonObject object;
    QJsonArray array;
    QVariant variant;
    QVariantMap variantMap;
    QVariantHash variantHash;
    QVariantList variantList;
    Color color = Color::Red;
    Sides sides;
    QStringList strings;
    QList<int> integers;
    QList<QList<quint8>> table;
    QList<Color> colors;
    QMap<QString, int> map;
    QHash<QString, QString> hash;
    std::optional<int> optionalInteger;
    std::optional<QString> optionalString;
    int alias = 0;

private:
    QList<EveryKind> m_children;
};

#endif // EVERYKIND_H
