// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "publicnames.h"

#include <QtCore/qregularexpression.h>
#include <QtCore/qset.h>

namespace {

using Regex = QRegularExpression;

// Spaces instead of what a pattern finds, so that positions stay those of the file.
QString blanked(QString text, const Regex &pattern)
{
    for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        for (qsizetype i = match.capturedStart(); i < match.capturedEnd(); ++i) {
            if (text[i] != QLatin1Char('\n'))
                text[i] = QLatin1Char(' ');
        }
    }
    return text;
}

qsizetype endOfBlock(const QString &text, qsizetype open)
{
    int depth = 0;
    for (qsizetype i = open; i < text.size(); ++i) {
        if (text[i] == QLatin1Char('{'))
            ++depth;
        else if (text[i] == QLatin1Char('}') && --depth == 0)
            return i;
    }
    return text.size();
}

class HeaderReader
{
public:
    explicit HeaderReader(const QString &text) : m_text(text)
    {
        m_code = blanked(
                text,
                Regex(QStringLiteral(R"(//[^\n]*|/\*.*?\*/)"), Regex::DotMatchesEverythingOption));
        m_code = blanked(m_code, Regex(QStringLiteral(R"(^\s*#[^\n]*)"), Regex::MultilineOption));
        m_code = blanked(
                m_code,
                Regex(QStringLiteral(R"(\b(Q_OBJECT|Q_GADGET|QML_ELEMENT)\b|)"
                                     R"(\b(Q_[A-Z]+|QML_[A-Z_]+)\(([^()]|\([^()]*\))*\))")));
    }

    QList<PublicName> read()
    {
        const Regex block(
                QStringLiteral(R"(\b(class EVENTSOURCE_EXPORT|namespace) (\w+)[^;{]*\{)"));
        for (auto matches = block.globalMatch(m_code); matches.hasNext();) {
            const QRegularExpressionMatch match = matches.next();
            const bool isClass = match.captured(1).startsWith(QLatin1String("class"));
            m_owner = match.captured(2);
            if (!isClass && m_owner != QLatin1String("EventSource"))
                continue;
            const qsizetype begin = match.capturedEnd();
            const qsizetype end = endOfBlock(m_code, begin - 1);
            add(PublicName::Class, m_owner, match.capturedStart(), begin);
            if (isClass) {
                readProperties(begin, end);
                readClass(begin, end);
            } else {
                readSection(begin, end);
            }
        }
        return m_names;
    }

private:
    // Above what is declared, or behind it.
    bool hasBrief(qsizetype begin, qsizetype end) const
    {
        const QString above = m_text.left(m_text.lastIndexOf(QLatin1Char('\n'), begin));
        const QString lastLine = above.mid(above.lastIndexOf(QLatin1Char('\n')) + 1).trimmed();
        const QStringView after =
                QStringView(m_text).mid(begin, m_text.indexOf(QLatin1Char('\n'), end) - begin);
        return (lastLine.startsWith(QLatin1String("///"))
                && !lastLine.startsWith(QLatin1String("///<")))
                || after.contains(QLatin1String("///<"));
    }

    void add(PublicName::Kind kind, const QString &name, qsizetype begin, qsizetype end)
    {
        m_names.append({kind, kind == PublicName::Class ? QString() : m_owner, name,
                        hasBrief(begin, end)});
    }

    // Editors show the brief of the function that reads it.
    void readProperties(qsizetype begin, qsizetype end)
    {
        static const Regex property(QStringLiteral(R"(Q_PROPERTY\([^()]*?(\w+) (READ|MEMBER))"));
        const QString code = m_text.mid(begin, end - begin);
        for (auto matches = property.globalMatch(code); matches.hasNext();)
            m_names.append({PublicName::Property, m_owner, matches.next().captured(1), true});
    }

    void readClass(qsizetype begin, qsizetype end)
    {
        static const Regex label(
                QStringLiteral(R"(^(public|protected|private|Q_SIGNALS|Q_SLOTS)[^:\n]*:)"),
                Regex::MultilineOption);
        bool isPublic = false;
        qsizetype position = begin;
        while (position < end) {
            const QRegularExpressionMatch match = label.match(m_code, position);
            const qsizetype next = match.hasMatch() ? qMin(match.capturedStart(), end) : end;
            if (isPublic)
                readSection(position, next);
            if (next == end)
                break;
            isPublic = match.captured(1) == QLatin1String("public")
                    || match.captured(1) == QLatin1String("Q_SIGNALS");
            position = match.capturedEnd();
        }
    }

    void readSection(qsizetype begin, qsizetype end)
    {
        qsizetype start = begin;
        for (qsizetype i = begin; i < end; ++i) {
            if (m_code[i] == QLatin1Char('{')) {
                const qsizetype close = endOfBlock(m_code, i);
                readDeclaration(start, i, close);
                i = close;
                start = close + 1;
            } else if (m_code[i] == QLatin1Char(';')) {
                readDeclaration(start, i, i);
                start = i + 1;
            }
        }
    }

    void readDeclaration(qsizetype start, qsizetype head, qsizetype end)
    {
        while (start < head && m_code[start].isSpace())
            ++start;
        QString code = m_code.mid(start, head - start);
        if (code.isEmpty()
            || Regex(QStringLiteral(R"(^friend class|^using|\boverride\b)")).match(code).hasMatch())
            return;
        static const Regex enumeration(QStringLiteral(R"(^enum (?:class )?(\w+))"));
        const QRegularExpressionMatch isEnum = enumeration.match(code);
        if (isEnum.hasMatch()) {
            add(PublicName::Enum, isEnum.captured(1), start, head);
            static const Regex enumerator(QStringLiteral(R"((\w+)[^,}]*[,}])"));
            for (auto values = enumerator.globalMatch(m_code.mid(head + 1, end - head));
                 values.hasNext();) {
                const QRegularExpressionMatch value = values.next();
                add(PublicName::Enumerator, value.captured(1), head + 1 + value.capturedStart(),
                    head + 1 + value.capturedEnd());
            }
            return;
        }
        static const Regex function(QStringLiteral(R"((operator[^\s(\w]+|~?\w+)\()"));
        const QRegularExpressionMatch isFunction = function.match(code);
        if (isFunction.hasMatch())
            add(PublicName::Function, isFunction.captured(1), start, end);
    }

    QString m_text;
    QString m_code;
    QString m_owner;
    QList<PublicName> m_names;
};

} // namespace

QList<PublicName> namesInHeader(const QString &text)
{
    return HeaderReader(text).read();
}

QList<PublicName> macrosInHeader(const QString &text)
{
    static const Regex macro(
            QStringLiteral(R"((^///.*\n)?^#define (EVENTSOURCE_\w+)(?<!_H)\b(.*)$)"),
            Regex::MultilineOption);
    QList<PublicName> names;
    for (auto macros = macro.globalMatch(text); macros.hasNext();) {
        const QRegularExpressionMatch match = macros.next();
        const bool hasBrief =
                !match.captured(1).isEmpty() || match.captured(3).contains(QLatin1String("///<"));
        names.append({PublicName::Function, {}, match.captured(2), hasBrief});
    }
    return names;
}

QList<PublicName> namesInQmlTypes(const QString &text)
{
    QList<PublicName> names;
    static const Regex component(QStringLiteral(R"(^    Component \{.*?^    \})"),
                                 Regex::MultilineOption | Regex::DotMatchesEverythingOption);
    static const Regex exported(QStringLiteral(R"(exports: \["EventSource/(\w+) )"));
    static const Regex member(
            QStringLiteral(R"x(^        (Property|Signal|Method) \{\s*name: "(\w+)")x"),
            Regex::MultilineOption);
    static const Regex enumeration(QStringLiteral(R"(^        Enum \{.*?values: \[(.*?)\])"),
                                   Regex::MultilineOption | Regex::DotMatchesEverythingOption);
    static const Regex value(QStringLiteral(R"x("(\w+)")x"));
    for (auto components = component.globalMatch(text); components.hasNext();) {
        const QString code = components.next().captured();
        const QString type = exported.match(code).captured(1);
        if (type.isEmpty())
            continue;
        names.append({PublicName::Class, {}, type});
        QSet<QString> properties;
        for (auto members = member.globalMatch(code); members.hasNext();) {
            const QRegularExpressionMatch match = members.next();
            const QString kind = match.captured(1);
            const QString name = match.captured(2);
            if (kind == QLatin1String("Property")) {
                properties.insert(name + QLatin1String("Changed"));
                names.append({PublicName::Property, type, name});
            } else if (kind == QLatin1String("Method")) {
                names.append({PublicName::Function, type, name});
            } else if (!properties.contains(name)) {
                names.append({PublicName::Signal, type, name});
            }
        }
        for (auto enums = enumeration.globalMatch(code); enums.hasNext();) {
            const QString values = enums.next().captured(1);
            for (auto match = value.globalMatch(values); match.hasNext();)
                names.append({PublicName::Enumerator, type, match.next().captured(1)});
        }
    }
    return names;
}

QList<PublicName> namesInQmlFile(const QString &type, const QString &text)
{
    QList<PublicName> names {{PublicName::Class, {}, type}};
    static const Regex member(
            QStringLiteral(R"(^    (?:(?:default |required |readonly )*(property) [\w<>.]+|)"
                           R"((signal|function)) (?!__)(\w+))"),
            Regex::MultilineOption);
    for (auto members = member.globalMatch(text); members.hasNext();) {
        const QRegularExpressionMatch match = members.next();
        const PublicName::Kind kind = !match.captured(1).isEmpty() ? PublicName::Property
                : match.captured(2) == QLatin1String("signal")     ? PublicName::Signal
                                                                   : PublicName::Function;
        names.append({kind, type, match.captured(3)});
    }
    return names;
}
