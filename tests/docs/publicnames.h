// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef PUBLICNAMES_H
#define PUBLICNAMES_H

#include <QtCore/qlist.h>
#include <QtCore/qstring.h>

// One name that an application can use.
struct PublicName
{
    enum Kind { Class, Function, Enum, Enumerator, Property, Signal };
    Kind kind;
    QString owner; // the class, the namespace or the QML type; of an enumerator too
    QString name;
    bool hasBrief = false; // a comment for editors, in a header
};

// What a public header declares: the classes that are exported, and the namespace EventSource. A
// function that overrides another one is left out, since that one is documented.
QList<PublicName> namesInHeader(const QString &text);

// The macros that a header defines, without its guard.
QList<PublicName> macrosInHeader(const QString &text);

// What a .qmltypes file lists, without the signals of properties.
QList<PublicName> namesInQmlTypes(const QString &text);

// The root object's properties, signals and functions in a QML file. Those that begin with two
// underscores are private.
QList<PublicName> namesInQmlFile(const QString &type, const QString &text);

#endif // PUBLICNAMES_H
